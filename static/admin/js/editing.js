// Keeps what is written in an editor: "Saved" means that the newest change is stored, an ended session asks for the
// log-in in place, buttons wait for what is being saved, and a newer version of somebody else is named.
// Wagtail's controllers w-unsaved and w-autosave find changes and send them; this watches what became of them.
(() => {
  const form = document.querySelector("form[data-edit-form]");
  const tools = document.getElementById("editing-tools");
  if (!form || !tools) return;

  const LOOK_EVERY = 250; // milliseconds, as are all below
  const WRITTEN_SOON = 700; // until rich text stands in the form
  const STEP_IN_AFTER = 1500; // Wagtail saves a change 1,030 ms after it, if it has seen it
  const RETRY_AFTER = 4000; // twice as long after each further failure
  const RETRY_AFTER_AT_MOST = 60000;
  const KEEPALIVE_BYTES = 60000;
  const CONFIRM = "confirm-public";

  const { notice, session, signIn, tell, text } = window.siteEditing;
  const controller = (name) => window.wagtail.app.getControllerForElementAndIdentifier(form, name);

  let stored = null; // what the server has, as a string; null until the form has come to rest
  let sent = null; // what is on its way
  let refused = null; // the server's answer, when a newer version is there
  let failed = null; // what the server would not take
  let problem = ""; // why it was not saved: a kind of error of w-autosave
  let touchedAt = 0;
  let changedAt = 0;
  let last = null;
  let retryAt = 0;
  let failures = 0;
  let confirmed = ""; // the list “Becomes public” that was ticked
  let declined = false;
  let leaving = false;
  let unchecked = false; // something was stored that the publishing checks have not seen
  let checking = false;

  const token = document.createElement("input");
  token.type = "hidden";
  token.name = "editing_form";
  token.value = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
  form.append(token);

  const isAction = (name) => /^(action-|workflow-action-)/.test(name);

  function content() {
    return controller("w-unsaved")?.formData ?? null;
  }

  function isDirty() {
    if (controller("w-unsaved")?.hasCommentsValue) return true;
    // What changes before anybody has touched it are parts of the form that come to rest.
    if (!touchedAt) return false;
    return Date.now() - touchedAt < WRITTEN_SOON || stored === null || content() !== stored;
  }

  function autosave() {
    const found = controller("w-autosave");
    return found && found.activeValue ? found : null;
  }

  // -- What is shown

  function show() {
    const indicator = document.getElementById("w-autosave-indicator");
    if (!indicator) return;
    let state = "idle";
    if (refused || problem === "locked" || problem === "validation_error") state = "paused";
    else if (sent !== null && !problem) state = "saving";
    else if (isDirty()) state = "unsaved";
    else if (wasSaved) state = "saved";
    if (indicator.dataset.wAutosaveStateValue !== state) indicator.dataset.wAutosaveStateValue = state;
  }
  let wasSaved = false;

  function tellNothing() {
    if (!refused) notice.hidden = true;
  }

  function tellRefusal() {
    tell(refused.error_message, { compare: refused.compare_url, newest: refused.newest_url });
  }

  // -- The session

  // Who has said "not now" is asked again by the next button.
  async function findOutWhy(again = false) {
    const state = await session();
    if (state === "alive") declined = false;
    else if (state === "ended") declined = declined && !again ? true : !(await signIn());
    if (state === "unreachable" || (state === "alive" && problem)) tell(text("unreachable"));
    return state;
  }

  notice.addEventListener("editing:signed-in", () => {
    problem = "";
    retryAt = 0;
    if (refused) tellRefusal();
  });

  document.addEventListener("w-swap:error", (event) => {
    if (event.target.matches(".w-editing-sessions") && !window.siteEditing.signingIn && notice.hidden) findOutWhy();
  });

  // -- Saving

  document.addEventListener("w-autosave:save", ({ detail }) => {
    for (const name of [...detail.formData.keys()]) if (isAction(name)) detail.formData.delete(name);
    sent = content();
    problem = "";
    show();
  });

  document.addEventListener("w-autosave:success", ({ detail: { response } }) => {
    const fields = new URLSearchParams(sent);
    for (const [name, value] of Object.entries(response.field_updates ?? {})) {
      if (fields.has(name)) fields.set(name, value);
    }
    stored = fields.toString();
    sent = null;
    failed = null;
    failures = 0;
    unchecked = true;
    wasSaved = true;
    const loaded = { loaded_revision_id: response.revision_id, loaded_revision_created_at: response.revision_created_at };
    for (const [name, value] of Object.entries(loaded)) {
      const input = form.elements.namedItem(name);
      if (value && input) input.value = value;
    }
    // Wagtail takes for stored what stands in the form by now.
    const unsaved = controller("w-unsaved");
    unsaved.initialFormData = stored;
    unsaved.previousFormData = stored;
    tellNothing();
    show();
  });

  document.addEventListener("w-autosave:error", ({ detail }) => {
    failed = sent;
    sent = null;
    problem = detail.type;
    failures += 1;
    retryAt = Date.now() + Math.min(RETRY_AFTER * 2 ** (failures - 1), RETRY_AFTER_AT_MOST);
    if (problem === "invalid_revision") {
      refused = detail.response;
      tellRefusal();
    } else if (problem === "locked") {
      tell(detail.text);
    } else if (problem !== "validation_error" && !window.siteEditing.signingIn) {
      findOutWhy();
    }
    show();
  });

  // The publishing checks on what is stored, once nothing more is on its way, and only where somebody sees them.
  async function check() {
    const panel = document.getElementById("before-publishing");
    if (!unchecked || checking || sent !== null || !panel?.dataset.checks || panel.offsetParent === null) return;
    unchecked = false;
    checking = true;
    try {
      const answer = await fetch(panel.dataset.checks, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const shown = await answer.text();
      // A newer draft is asked about next.
      if (!unchecked) {
        panel.innerHTML = shown;
        const box = form.elements.namedItem(CONFIRM);
        if (box && box.value === confirmed) box.checked = true;
      }
    } catch {
      // The next autosave asks again.
    }
    checking = false;
  }

  document.addEventListener("w-unsaved:watch-edits", ({ detail }) => {
    // What was written before Wagtail began to look is no part of what the server has.
    if (stored === null && !touchedAt && controller("w-unsaved")) stored = content();
  });

  function stepIn(now) {
    const sender = autosave();
    if (!sender || sender.submitPromise || refused || leaving || window.siteEditing.signingIn || !isDirty()) return;
    const current = content();
    if (current !== last) {
      last = current;
      changedAt = now;
    }
    if (now - changedAt < STEP_IN_AFTER || now < retryAt) return;
    // What was refused for what is in it is sent again when that has changed.
    if (problem && ["validation_error", "locked"].includes(problem) && current === failed) return;
    sender.save(new Event("editing:save"));
  }

  for (const name of ["beforeinput", "input", "change", "click", "keydown", "drop", "paste", "cut"]) {
    form.addEventListener(
      name,
      (event) => {
        const moves = name === "keydown" && (event.ctrlKey || event.metaKey || /^(Arrow|Tab|Shift|Control|Alt|Meta|Esc|Page|Home|End)/.test(event.key));
        const inside = event.target.closest("#editing-notice, #editing-removed, .w-dropdown__toggle, footer");
        if (!event.isTrusted || moves || inside) return;
        // A click or a key may change what is there; whether it did, is seen in a moment.
        if (stored === null && ["click", "keydown"].includes(name)) return;
        touchedAt = Date.now();
        show();
      },
      { capture: true },
    );
  }

  form.addEventListener("change", ({ target }) => {
    if (target.name === CONFIRM) confirmed = target.checked ? target.value : "";
  });

  setInterval(() => {
    if (leaving) return;
    stepIn(Date.now());
    check();
    show();
  }, LOOK_EVERY);

  // -- Leaving

  window.addEventListener("beforeunload", (event) => {
    if (leaving || (sent === null && !isDirty())) return;
    event.preventDefault();
    event.returnValue = "";
  });

  // The last change, where somebody leaves all the same: sent by the browser after the page has gone.
  window.addEventListener("pagehide", () => {
    document.activeElement?.blur?.();
    if (leaving || refused || !controller("w-autosave")?.activeValue || content() === stored || stored === null) return;
    const fields = new FormData(form);
    for (const name of [...fields.keys()]) {
      if (isAction(name)) fields.delete(name);
      else if (fields.get(name) instanceof File) fields.delete(name);
    }
    const revision = controller("w-autosave").revisionIdValue;
    if (revision) fields.set("overwrite_revision_id", revision);
    const body = new URLSearchParams(fields);
    if (body.toString().length > KEEPALIVE_BYTES) return;
    fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
  });

  // Resolves to whether all is stored, or can be left to the form that is sent now.
  async function settle(tries = 2) {
    for (;;) {
      const sender = autosave();
      if (sender?.submitPromise) await sender.submitPromise;
      else if (sender && sent === null && isDirty() && !refused) {
        const wait = touchedAt + WRITTEN_SOON - Date.now();
        if (wait > 0) await new Promise((passed) => setTimeout(passed, wait));
        if (!isDirty()) continue;
        sender.save(new Event("editing:save"));
        await sender.submitPromise;
      } else break;
      if (problem === "validation_error") return true;
      if (problem) break;
    }
    if (refused) {
      tellRefusal();
      notice.focus();
      return false;
    }
    if (problem === "locked") return true;
    const state = await findOutWhy(true);
    if (state === "ended") return (await session()) === "alive" && settle(tries);
    if (state !== "alive" || !problem) return state === "alive";
    if (tries === 0) return false;
    problem = "";
    return settle(tries - 1);
  }

  let settling = false;

  async function leave(submitter) {
    if (settling) return;
    settling = true;
    // Wagtail's dialogs say in fields of the form what is to be done; to w-unsaved these are changes.
    const actions = [...form.querySelectorAll("input[type=hidden]")].filter((input) => isAction(input.name));
    for (const input of actions) input.remove();
    const ready = await settle();
    settling = false;
    if (!ready) {
      const progress = submitter && window.wagtail.app.getControllerForElementAndIdentifier(submitter, "w-progress");
      progress?.deactivate();
      return;
    }
    const sender = controller("w-autosave");
    if (sender) sender.activeValue = false;
    leaving = true;
    form.append(...actions);
    if (submitter?.name) {
      // The button itself may have been switched off since it was pressed.
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = submitter.name;
      pressed.value = submitter.value;
      form.append(pressed);
    }
    if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
    form.requestSubmit();
  }

  form.addEventListener(
    "submit",
    (event) => {
      if (leaving || !controller("w-unsaved")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leave(event.submitter);
    },
    { capture: true },
  );
  // Dialogs send the form by this, past the event.
  form.submit = () => leave(null);
})();
