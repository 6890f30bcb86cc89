// The translator's desk: saves by itself and keeps each keystroke in the browser until it is stored, tells of others
// at the same string, shows findings and help, moves by keys, and shows in the preview what is typed.
const desk = document.querySelector("[data-desk]");

const SAVE_AFTER = 800; // milliseconds, as are all below
const CHECK_AFTER = 600;
const HELP_AFTER = 250;
const PING_EVERY = 15000;
const RETRY_AFTER = 4000; // twice as long after each further failure
const RETRY_AFTER_AT_MOST = 60000;
const OPEN = ["missing", "stale", "needs_review"];
const TAG = /(<\/?[a-zA-Z][^<>]*>)/;

const text = (name, values = {}) =>
  desk.querySelector(`template[data-text="${name}"]`).content.textContent.replace(/%\((\w+)\)s/g, (_all, key) => values[key]);
const KEPT = `desk:${desk.dataset.user}:`;
// Each page keeps texts under names of its own, so that none deletes those of another tab.
const PAGE = Math.random().toString(36).slice(2);
const key = (unit) => `${KEPT}${unit.el.id}#${PAGE}`;
const idIn = (name) => name.slice(KEPT.length).split("#")[0];
const status = desk.querySelector("[data-status]");

function memory(action, ...args) {
  try {
    return localStorage[action](...args);
  } catch {
    return null; // No room, or not allowed.
  }
}

const keptNames = () => Object.keys(memory("valueOf") ?? {}).filter((name) => name.startsWith(KEPT));

function keptAt(name) {
  try {
    return JSON.parse(memory("getItem", name));
  } catch {
    return null;
  }
}

// As in core/languages/bidi.py: a text in Latin letters alone, such as a hashtag, reads from the left.
function directionOf(value) {
  const words = value.replace(new RegExp(TAG, "g"), "");
  return /\p{L}/u.test(words) && !/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(words) ? "ltr" : desk.dataset.dir;
}

// As if it was typed in the plain field at hand: the browser undoes its own commands only.
function typeInto(field, words, start, end) {
  field.focus();
  field.setSelectionRange(end, end); // what was typed before it is undone by itself
  field.setSelectionRange(start, end);
  if (document.execCommand(words ? "insertText" : "delete", false, words) && field.value.startsWith(words, start)) return;
  field.setRangeText(words, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// As in translation/units/chips.py: each tag as a mark with its number in the source, or in the text itself.
function withMarks(value, source = value) {
  const left = source.split(TAG).filter((part) => TAG.test(part) && !part.startsWith("</"));
  const open = [];
  return value.split(TAG).map((part) => {
    if (!TAG.test(part)) return charactersOf(part);
    const mark = document.createElement("span");
    mark.className = "desk-tag";
    mark.title = part;
    const [, name] = /^<\/?(\w+)/.exec(part);
    if (part.startsWith("</")) mark.textContent = `/${open.pop() ?? name}`;
    else {
      const at = left.indexOf(part);
      if (at >= 0) left[at] = null;
      mark.textContent = at < 0 ? name : at + 1;
      if (name !== "br" && !part.endsWith("/>")) open.push(mark.textContent);
    }
    return mark;
  });
}

const charactersOf = (part) => part.replace(/&lt;/g, "<").replace(/&amp;/g, "&");

class Unit {
  constructor(el) {
    this.el = el;
    this.field = el.querySelector("textarea[name=text]:not([data-aside])");
    this.tags = JSON.parse(el.dataset.tags ?? "[]");
    this.source = el.querySelector("[data-source]").dataset.source;
    this.list = el.querySelector("[data-list]");
    this.stored = this.field ? this.field.defaultValue : "";
    this.returned = null; // what the server has made of the stored text, if it is another one
    this.version = el.dataset.version;
    this.review = el.querySelector("[data-review]");
    this.reviewed = this.review?.dataset.review ? this.stored : null; // the text that waits for a reviewer
    this.sending = null;
    this.blocked = null; // the text that the server has refused
    this.conflict = null;
    this.unanswered = new Set(); // texts that were sent, and may be stored
    this.tool = "";
    this.basis = ""; // the tool of a text that stays its origin when it is edited
    this.failures = 0;
    this.number = el.id.slice(1).split("-");
    this.mark = this.number[1] ?? el.id; // by which the preview names it: an image by its id
    this.path = el.dataset.place?.split(" ")[0];
  }

  get isOpen() {
    return OPEN.includes(this.el.dataset.state);
  }
  get isDirty() {
    return this.field.value !== this.stored;
  }
  get isPicture() {
    return this.number.length === 1;
  }
  // The primary key of the translation that the unit is checked with.
  get translation() {
    return this.isPicture ? desk.dataset.translation : this.number[0];
  }

  keep() {
    const { version, path } = this;
    if (this.isDirty) memory("setItem", key(this), JSON.stringify({ text: this.field.value, version, path }));
    else memory("removeItem", key(this));
  }

  changed() {
    if (!this.field.value.trim()) this.basis = "";
    this.tool = this.basis;
    this.keep();
    this.field.dir = directionOf(this.field.value);
    this.showLength();
    this.show(this.isDirty ? "" : text("saved"));
    this.offer("");
    showInPreview(this);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER);
    clearTimeout(this.checking);
    this.checking = setTimeout(() => check([this]), CHECK_AFTER);
  }

  // What the user takes in place of the text can be undone.
  replace(value) {
    this.focus();
    if (chips?.viewOf(this.field)) this.put(value);
    else typeInto(this.field, value, 0, this.field.value.length);
  }

  put(value) {
    this.field.value = value;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show(words) {
    this.el.querySelector("[data-saved]").textContent = words;
  }

  // The form that gives the text, once it is stored, to the other places of the string.
  offer(html) {
    const place = this.el.querySelector("[data-elsewhere]");
    if (place.childElementCount || html) place.innerHTML = html;
  }

  showLength() {
    const limit = Number(this.el.dataset.limit);
    if (!limit) return;
    const count = [...this.field.value.replace(new RegExp(TAG, "g"), "")].length;
    const place = this.el.querySelector("[data-length]");
    place.textContent = text("length", { count, limit });
    place.classList.toggle("is-over", count > limit);
  }

  showFindings(findings) {
    this.list.replaceChildren(
      ...findings.map((finding) => {
        const item = document.createElement("li");
        item.textContent = finding.waived ? `✓ ${finding.text} (\u2068${finding.waived}\u2069)` : `⚠ ${finding.text}`;
        if (finding.blocking) item.className = "desk-findings__blocking";
        if (finding.code && !finding.waived && this.field) item.append(this.waiver(finding.code));
        return item;
      }),
    );
    this.el.toggleAttribute("data-has-finding", findings.length > 0);
    countBlocking();
  }

  // The form with which a finding is waived.
  waiver(code) {
    const details = desk.querySelector("template[data-waive]").content.cloneNode(true).firstElementChild;
    this.fill(details.querySelector("form"), desk.dataset.waive, { code });
    return details;
  }

  comment() {
    let form = this.el.querySelector("[data-comment-form]");
    if (!form && !this.isPicture) {
      form = desk.querySelector("template[data-comment]").content.cloneNode(true).firstElementChild;
      this.fill(form, desk.dataset.comment);
      this.el.append(form);
    }
    form?.querySelector("textarea").focus();
  }

  // A form about this unit, for another view, which leads back to it.
  fill(form, url, values = {}) {
    const [path_id, string_hash] = this.el.dataset.place.split(" ");
    form.action = url.replace(`/${desk.dataset.translation}/`, `/${this.translation}/`);
    const next = `${location.pathname}${location.search}#${this.el.id}`;
    for (const [name, value] of Object.entries({ path_id, string_hash, next, csrfmiddlewaretoken: csrf.value, ...values })) {
      form.elements[name].value = value;
    }
  }

  // Saving the text as it is confirms it.
  async save({ confirm = false } = {}) {
    clearTimeout(this.timer);
    if (!this.field || this.conflict) return;
    if (this.sending) await this.sending;
    if (!confirm && (!this.isDirty || this.field.value === this.blocked)) return;
    this.sending = this.send(this.field.value);
    await this.sending;
    this.sending = null;
  }

  async send(value, keepalive = false) {
    this.show(text("saving"));
    this.unanswered.add(value);
    let answer;
    try {
      answer = await post(this.el.dataset.url, { text: value, version: this.version, tool: this.tool }, keepalive);
    } catch {
      this.fails();
      return;
    }
    if (answer.redirected || answer.status === 403) return this.signedOut();
    if (answer.status === 404) return this.gone(value);
    if (answer.status >= 500 || answer.status === 429) return this.fails();
    const content = await answer.json().catch(() => null);
    if (content === null) return this.fails();
    if (answer.ok) this.saved(value, content);
    else if (answer.status === 409) return this.differs(content);
    else this.refused(value, content.why);
  }

  // The stored text is another one: somebody else's, or one of this page whose answer was lost.
  differs(content) {
    if (!this.unanswered.has(content.text)) return this.showConflict(content);
    this.version = content.version;
    this.stored = content.text;
    this.returned = null;
    return this.send(this.field.value);
  }

  saved(value, content) {
    this.failures = 0;
    this.unanswered.clear();
    this.blocked = null;
    this.stored = value;
    this.returned = content.text.trim() === value.trim() ? null : content.text;
    this.version = content.version;
    this.takeReturned();
    if (this.field.value === content.text) this.stored = content.text;
    this.field.form.elements.version.value = content.version;
    this.keep();
    setState(this, content.state, content.label);
    if (content.state === "translated") desk.querySelector("[data-submit]")?.closest("form").removeAttribute("hidden");
    this.el.querySelector("[data-origin]").textContent = content.origin ?? "";
    if (this.review) this.review.textContent = text(this.stored === this.reviewed ? "in-review" : "changed-since");
    this.showFindings(content.findings);
    this.offer(this.isDirty ? "" : (content.elsewhere ?? ""));
    this.show(text("saved"));
    tell(text("saved"));
    if (this.isDirty) this.timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  // A cleared text may have come back as the approved one; another spelling is the server's. Under the caret, what
  // is typed next would be added to it: the field gets it when it is left.
  takeReturned() {
    if (this.returned === null || this.isDirty || this.el.contains(document.activeElement)) return;
    this.stored = this.field.value = this.returned;
    this.returned = null;
    chips?.take(this.field);
    this.field.dir = directionOf(this.field.value);
    this.showLength();
    showInPreview(this);
  }

  refused(value, why) {
    this.blocked = value;
    this.showFindings([{ text: why, blocking: true }]);
    this.show(text("not-saved"));
    tell(`${text("not-saved")} ${why}`);
  }

  // The source has lost the string, as the ping will say.
  gone(value) {
    this.blocked = value;
    this.show(text("not-saved"));
    tell(text("not-saved"));
    ping();
  }

  fails() {
    this.failures += 1;
    this.show(text("not-saved"));
    tell(`${text("not-saved")} ${text("unreachable")}`);
    const wait = Math.min(RETRY_AFTER * 2 ** (this.failures - 1), RETRY_AFTER_AT_MOST);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async signedOut() {
    this.show(text("not-saved"));
    tell(text("not-saved"));
    const editing = window.siteEditing;
    if (!editing || (await editing.session()) !== "ended") return this.fails();
    if (await editing.signIn()) for (const unit of units) if (unit.field && unit.isDirty) setTimeout(() => unit.save(), 0);
  }

  showConflict(content) {
    this.conflict = content;
    this.show(text("not-saved"));
    this.el.querySelector(".desk-conflict")?.remove();
    const box = desk.querySelector("template[data-conflict]").content.cloneNode(true).firstElementChild;
    box.querySelector("[data-why]").textContent = content.why;
    box.querySelector("[data-theirs]").append(...withMarks(content.text || "–", this.source));
    box.querySelector("[data-mine]").addEventListener("click", () => this.resolve(this.field.value));
    box.querySelector("[data-take]").addEventListener("click", () => this.resolve(content.text));
    this.el.append(box);
  }

  resolve(value) {
    const { text: theirs, version } = this.conflict;
    this.conflict = null;
    this.version = version;
    this.stored = theirs;
    this.returned = null;
    this.el.querySelector(".desk-conflict")?.remove();
    this.replace(value);
    if (this.isDirty) this.save();
    else this.keep();
  }

  // What another page could not store. Of several texts, the others wait for the next page.
  restore(names) {
    for (const name of names) {
      const kept = keptAt(name);
      if (kept && kept.text !== this.stored && this.isDirty) continue;
      memory("removeItem", name);
      if (kept && kept.text !== this.stored) this.bring(kept);
    }
  }

  // It is kept with the version that it was written for: until the user has chosen, each page asks.
  bring(kept) {
    const { stored: theirs, version } = this;
    this.version = kept.version;
    this.put(kept.text);
    this.show(text("restored"));
    tell(text("restored"));
    if (kept.version !== version) {
      clearTimeout(this.timer);
      this.showConflict({ why: text("restored"), text: theirs, version });
    }
  }

  focus() {
    if (this.field) (chips?.viewOf(this.field) ?? this.field).focus();
    else this.el.focus();
    this.el.scrollIntoView({ block: "nearest" });
  }
}

let csrf = desk.querySelector(":scope > input[name=csrfmiddlewaretoken]");

function post(url, values, keepalive = false) {
  const token = csrf.value;
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams({ ...values, csrfmiddlewaretoken: token }),
    headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
    keepalive,
  });
}

function tell(words) {
  status.textContent = words;
}

const units = [...desk.querySelectorAll("[data-unit]")].map((el) => new Unit(el));
const byId = new Map(units.map((unit) => [unit.el.id, unit]));
const unitOf = (node) => byId.get(node?.closest?.("[data-unit]")?.id);
let active = null;
let chips = null; // the module of protected tags, once it is loaded

function setState(unit, state, label) {
  const before = unit.el.dataset.state;
  unit.el.dataset.state = state;
  unit.el.querySelector("[data-state-label]").textContent = label;
  if (state === before) return;
  for (const [name, change] of [[before, -1], [state, 1]]) {
    const place = desk.querySelector(`[data-filter="${name}"] .desk-count`);
    if (place) place.textContent = Number(place.textContent) + change;
  }
  countOpen(OPEN.includes(state) - OPEN.includes(before));
  if (!OPEN.includes(state)) unit.el.querySelector("[data-valid]")?.remove();
}

// What stands above the strings. With a filter, most of them are not on the screen.
function countOpen(change) {
  const line = desk.querySelector("[data-open-strings]");
  const count = line.querySelector("[data-count]");
  count.textContent = Number(count.textContent) + change;
  line.hidden = count.textContent === "0";
  desk.querySelector("[data-all-translated]").hidden = !line.hidden;
  // What was refused concerned the strings of the object itself.
  const own = units.some((unit) => unit.isOpen && unit.translation === desk.dataset.translation && !unit.isPicture);
  if (!own) document.querySelector(".messages .unfinished")?.remove();
}

// -- Findings

// Of the strings on the screen.
function countBlocking() {
  const line = desk.querySelector("[data-blocking-findings]");
  const count = desk.querySelectorAll("[data-unit] .desk-findings__blocking").length;
  line.querySelector("[data-count]").textContent = count;
  line.hidden = !count;
}

async function check(some) {
  const asked = some.filter((unit) => unit.field);
  const empty = asked.filter((unit) => !unit.field.value);
  for (const unit of empty) unit.showFindings([]);
  const byTranslation = new Map();
  for (const unit of asked) {
    if (!unit.field.value || unit.field.value === unit.blocked) continue;
    const { translation } = unit;
    if (!byTranslation.has(translation)) byTranslation.set(translation, []);
    byTranslation.get(translation).push([unit.isPicture ? unit.el.id : unit.number[1], unit.field.value]);
  }
  for (const [translation, rows] of byTranslation) {
    const url = desk.dataset.findings.replace(`/${desk.dataset.translation}/`, `/${translation}/`);
    for (let start = 0; start < rows.length; start += 50) {
      const part = rows.slice(start, start + 50);
      const answer = await post(url, { units: JSON.stringify(part) }).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      const { findings } = await answer.json();
      for (const [segment, value] of part) {
        const unit = byId.get(segment.startsWith("i") ? segment : `s${translation}-${segment}`);
        if (unit.field.value === value) unit.showFindings(findings[segment] ?? []);
      }
    }
  }
}

// -- Moving

function go(unit) {
  unit?.focus();
}

function next(step, wanted = () => true) {
  const from = active ? units.indexOf(active) : step > 0 ? -1 : units.length;
  for (let at = from + step; at >= 0 && at < units.length; at += step) if (wanted(units[at])) return units[at];
  return null;
}

function nextOpen() {
  const found = next(1, (unit) => unit.isOpen) ?? units.find((unit) => unit.isOpen && unit !== active);
  if (found) go(found);
  else tell(text("none-open"));
}

// -- Tags

function insertTag(unit, number) {
  const tag = unit.tags[number - 1];
  if (!tag) return;
  const view = chips?.viewOf(unit.field);
  if (view) {
    chips.wrap(view, tag);
    return;
  }
  const { selectionStart: start, selectionEnd: end, value } = unit.field;
  const inner = tag.close ? value.slice(start, end) : "";
  const put = `${tag.open}${inner}${tag.close}`;
  typeInto(unit.field, put, start, end);
  if (!inner && tag.close) unit.field.setSelectionRange(start + tag.open.length, start + tag.open.length);
}

// -- Help for the active unit

async function help(unit) {
  const strip = unit.el.querySelector("[data-strip]");
  for (const other of desk.querySelectorAll("[data-strip]")) if (other !== strip) other.hidden = true;
  if (!strip || !unit.el.dataset.helps) return;
  if (strip.childElementCount) {
    strip.hidden = false;
    return;
  }
  const answer = await fetch(unit.el.dataset.helps, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  strip.innerHTML = await answer.text();
  const marked = strip.querySelector("[data-marked]");
  if (marked) unit.el.querySelector("[data-source]").replaceChildren(marked.content);
  strip.hidden = unit !== active || !strip.childElementCount;
}

function insertTerm(unit, words) {
  const view = chips?.viewOf(unit.field);
  if (view) {
    chips.insert(view, words);
    return;
  }
  typeInto(unit.field, words, unit.field.selectionStart, unit.field.selectionEnd);
}

function takeSuggestion(unit, button) {
  unit.replace(button.dataset.suggestion);
  unit.tool = button.dataset.tool;
  unit.basis = "stays" in button.dataset ? unit.tool : "";
}

// -- Others

async function ping() {
  if (document.visibilityState === "hidden") return;
  const translation = active?.number.length > 1 ? active.number[0] : desk.dataset.translation;
  const url = desk.dataset.ping.replace(`/${desk.dataset.translation}/`, `/${translation}/`);
  const answer = await post(url, {
    unit: active?.el.id ?? "",
    translations: desk.dataset.translations,
    seen: desk.dataset.seen,
  }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { others, changed } = await answer.json();
  if (changed) desk.querySelector("[data-changed]").hidden = false;
  for (const unit of units) {
    const people = others[unit.el.id]?.join(", ");
    unit.el.querySelector("[data-others]").textContent = people ? text("others", { people }) : "";
  }
}

// -- Texts of strings that the source has lost

// Each is offered at the string that has come in its place, if there is one; the others are shown.
function restoreLost() {
  if (!desk.querySelector('[data-filter="all"][aria-current]')) return; // Strings are missing here for another reason.
  const here = desk.dataset.translations.split(",");
  const lost = keptNames().filter((name) => {
    const id = idIn(name);
    return id.startsWith("s") && !byId.has(id) && here.includes(id.slice(1).split("-")[0]);
  });
  const box = desk.querySelector("[data-lost]");
  for (const name of lost) {
    const kept = keptAt(name);
    const [translation] = idIn(name).slice(1).split("-");
    const places = units.filter(
      (unit) => unit.field && kept?.path && unit.path === kept.path && unit.number[0] === translation && unit.isOpen && !unit.isDirty,
    );
    if (kept?.text && places.length !== 1) {
      const item = document.createElement("li");
      item.append(...withMarks(kept.text));
      item.dataset.name = name;
      box.querySelector("ul").append(item);
      box.hidden = false;
      continue;
    }
    memory("removeItem", name);
    if (kept?.text && kept.text !== places[0].stored) places[0].bring({ ...kept, version: null });
  }
}

function forgetLost() {
  const box = desk.querySelector("[data-lost]");
  for (const item of box.querySelectorAll("li")) memory("removeItem", item.dataset.name);
  box.remove();
}

// -- Preview

const pane = desk.querySelector("[data-preview]");
const frame = pane?.querySelector("iframe");
const toggle = desk.querySelector("[data-toggle-preview]");

function previewed(unit) {
  if (!frame || pane.hidden) return [];
  try {
    return [...frame.contentDocument.body.querySelectorAll(`[data-seg="${unit.mark}"], [data-seg-attr~="${unit.mark}"]`)];
  } catch {
    return [];
  }
}

function nodes(doc, unit, value) {
  const root = doc.createDocumentFragment();
  const open = [root];
  for (const part of value.split(new RegExp(TAG, "g"))) {
    const name = /^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(part)?.[1].toLowerCase();
    if (!TAG.test(part)) open.at(-1).append(charactersOf(part));
    else if (part.startsWith("</")) {
      if (open.length > 1) open.pop();
    } else if (["a", "abbr", "b", "br", "code", "em", "i", "strong"].includes(name)) {
      const element = doc.createElement(name);
      if (name === "a") element.setAttribute("href", unit.tags.find((tag) => tag.open === part)?.address ?? "#");
      open.at(-1).append(element);
      if (name !== "br") open.push(element);
    }
  }
  return root;
}

function showInPreview(unit) {
  for (const place of previewed(unit)) {
    if (unit.mark === unit.el.id && place.alt) place.alt = unit.field.value || unit.source;
    if (!place.hasAttribute("data-seg")) continue;
    place.replaceChildren(nodes(place.ownerDocument, unit, unit.field.value || unit.source));
  }
}

function mark(unit, scroll = true) {
  if (!frame || pane.hidden) return;
  for (const place of frame.contentDocument?.querySelectorAll("[data-desk-active]") ?? []) {
    place.removeAttribute("data-desk-active");
    place.style.outline = "";
  }
  const places = previewed(unit);
  for (const place of places) {
    place.setAttribute("data-desk-active", "");
    place.style.outline = "2px solid #00a885";
  }
  if (scroll) places[0]?.scrollIntoView({ block: "center" });
}

function showPreview(shown) {
  pane.hidden = !shown;
  desk.classList.toggle("desk--preview", shown);
  toggle.setAttribute("aria-pressed", String(shown));
  memory("setItem", "desk:preview", shown ? "1" : "0");
  if (shown && !frame.getAttribute("src")) frame.src = pane.dataset.preview;
}

frame?.addEventListener("load", () => {
  const doc = frame.contentDocument;
  if (!doc) return;
  doc.addEventListener(
    "click",
    (event) => {
      if (event.target.closest("a, button, form, summary")) event.preventDefault();
      const place = event.target.closest("[data-seg], [data-seg-attr]");
      const number = place?.dataset.seg ?? place?.dataset.segAttr.split(" ")[0];
      if (number) go(units.find((unit) => unit.mark === number));
    },
    true,
  );
  // Keys work there, too; Escape leads back to the string at hand.
  doc.addEventListener("keydown", (event) => {
    const act = event.code === "Escape" ? () => go(active) : byKey(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
  for (const unit of units) if (unit.field?.value && unit.isDirty) showInPreview(unit);
  if (active) mark(active);
});

// -- What the user does

desk.addEventListener("input", (event) => {
  const unit = unitOf(event.target);
  if (!unit || event.target !== unit.field) return;
  chips?.take(unit.field);
  unit.changed();
});

// Browsers keep one list of what can be undone for all fields: what was typed elsewhere stays.
document.addEventListener(
  "beforeinput",
  (event) => {
    if (!event.inputType.startsWith("history") || unitOf(event.target) === unitOf(document.activeElement)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

desk.addEventListener("focusin", (event) => {
  const unit = unitOf(event.target);
  if (!unit) return;
  if (chips && event.target === unit.field) showChips(unit);
  if (unit === active) return;
  active = unit;
  mark(unit);
  clearTimeout(help.timer);
  help.timer = setTimeout(() => help(unit), HELP_AFTER);
  clearTimeout(ping.timer);
  ping.timer = setTimeout(ping, 500);
});

desk.addEventListener("focusout", (event) => {
  const unit = unitOf(event.target);
  if (!unit?.field || unit === unitOf(event.relatedTarget)) return;
  if (unit.isDirty) unit.save();
  else unit.takeReturned();
});

// What is submitted holds all that was typed.
async function afterSaving(event) {
  const waiting = units.filter((unit) => unit.field && (unit.sending || unit.isDirty));
  if (!waiting.length) return;
  event.preventDefault();
  await Promise.all(waiting.map((unit) => unit.save()));
  const unsaved = waiting.find((unit) => unit.isDirty);
  if (!unsaved) event.target.requestSubmit();
  else {
    go(unsaved);
    tell(text("not-saved"));
  }
}

desk.addEventListener("submit", (event) => {
  if (event.target.matches(".desk-actions form, .desk-machine")) afterSaving(event);
  const unit = unitOf(event.target);
  if (!unit || event.target !== unit.field?.form) return;
  event.preventDefault();
  unit.save({ confirm: true });
});

desk.addEventListener("click", (event) => {
  const unit = unitOf(event.target);
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.insert && unit) insertTag(unit, Number(button.dataset.insert));
  else if (button.dataset.suggestion !== undefined && unit) takeSuggestion(unit, button);
  else if (button.dataset.term !== undefined && unit) insertTerm(unit, button.dataset.term);
  else if (button.matches("[data-next]")) nextOpen();
  else if (button.matches("[data-reload]")) location.reload();
  else if (button.matches("[data-forget]")) forgetLost();
  else if (button === toggle) showPreview(pane.hidden);
  else if (button.matches("[data-plain]")) setPlain(button.getAttribute("aria-pressed") !== "true");
});

function byKey(event) {
  const { altKey, ctrlKey, metaKey, code } = event;
  if (code === "F8") return () => nextOpen();
  // In a comment or a reason, keys are not about the unit's text.
  const aside = event.target.closest?.("[data-desk] [data-unit] form");
  if (aside && aside !== active?.field?.form) return (ctrlKey || metaKey) && code === "Enter" ? () => aside.requestSubmit() : null;
  if ((ctrlKey || metaKey) && code === "Enter" && active?.field) {
    return () => {
      const unit = active;
      if (unit.isDirty || unit.el.dataset.state === "needs_review") unit.save({ confirm: true });
      go(next(1));
    };
  }
  if (!altKey || ctrlKey || metaKey) return null;
  if (code === "ArrowDown") return () => go(next(1));
  if (code === "ArrowUp") return () => go(next(-1));
  if (code === "KeyS") return () => desk.querySelector("[data-submit]")?.focus();
  if (!active?.field) return null;
  if (code === "KeyV") {
    return () => {
      if (active.el.dataset.state !== "stale") return;
      active.save({ confirm: true });
    };
  }
  if (code === "KeyM") {
    return () => {
      const found = active.el.querySelector("[data-strip]:not([hidden]) [data-suggestion]");
      if (found) takeSuggestion(active, found);
    };
  }
  if (code === "KeyC") return () => active.comment();
  if (code === "KeyT") {
    return () => {
      const found = active.el.querySelector("[data-strip]:not([hidden]) [data-term]");
      if (found) insertTerm(active, found.dataset.term);
    };
  }
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit === "0") return () => active.replace(active.source);
  if (digit) return () => insertTag(active, Number(digit));
  return null;
}

document.addEventListener(
  "keydown",
  (event) => {
    const act = byKey(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  },
  true,
);

window.addEventListener("online", () => {
  for (const unit of units) if (unit.field && unit.isDirty) unit.save();
});

// What is typed last is sent by the browser after the page has gone; until it is stored it stays in the browser.
window.addEventListener("pagehide", () => {
  for (const unit of units) {
    if (unit.field && unit.isDirty && !unit.conflict && unit.field.value !== unit.blocked) {
      post(unit.el.dataset.url, { text: unit.field.value, version: unit.version }, true).catch(() => null);
    }
  }
});

// -- Protected tags

const plain = desk.querySelector("[data-plain]");

function setPlain(on) {
  plain.setAttribute("aria-pressed", String(on));
  memory("setItem", "desk:plain", on ? "1" : "0");
  for (const button of desk.querySelectorAll("[data-insert]")) button.hidden = false;
  nearby.disconnect();
  if (on) chips?.unmount();
  chips = null;
  if (!on) loadChips();
}

function showChips(unit) {
  if (!unit.tags.length) return;
  const isAtHand = document.activeElement === unit.field;
  chips.mount(unit.field, unit.tags);
  if (isAtHand) chips.viewOf(unit.field).focus();
}

// A long page has hundreds of strings with tags: the editor of each is made when it comes near the screen.
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !chips) continue;
      nearby.unobserve(target);
      showChips(unitOf(target));
    }
  },
  { rootMargin: "100%" },
);

async function loadChips() {
  try {
    const [module, codemirror] = await Promise.all([import(desk.dataset.chips), import(desk.dataset.codemirror)]);
    if (plain.getAttribute("aria-pressed") === "true") return;
    chips = module.chips(codemirror, directionOf);
    for (const unit of units) if (unit.field && unit.tags.length) nearby.observe(unit.el);
  } catch {
    // Tags are typed as text.
  }
}

// -- Start

desk.classList.add("desk--live");
for (const button of desk.querySelectorAll("[data-next], [data-toggle-preview]")) button.hidden = false;
if (units.some((unit) => unit.field && unit.tags.length)) {
  plain.hidden = false;
  setPlain(memory("getItem", "desk:plain") === "1");
}
const keptBefore = keptNames();
for (const unit of units) {
  if (!unit.field) continue;
  unit.showLength();
  unit.restore(keptBefore.filter((name) => idIn(name) === unit.el.id));
}
restoreLost();
check(units);
if (pane && (memory("getItem", "desk:preview") ?? (window.innerWidth >= 1400 ? "1" : "0")) === "1") showPreview(true);
const arrive = () => go(byId.get(location.hash.slice(1)));
if (location.hash) arrive();
// The browser takes the focus away when it scrolls to the string.
window.addEventListener("load", () => {
  if (location.hash && document.activeElement === document.body) arrive();
});
setInterval(ping, PING_EVERY);
ping();
