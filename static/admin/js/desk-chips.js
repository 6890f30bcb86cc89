// Inline tags as protected chips: CodeMirror shows a field, with each tag as one character that can be moved and
// deleted but not broken. The field behind it keeps the text, so that saving, checks and keys go on as without.
const ALONE = "input"; // is undone by itself, unlike what is typed
const TAG = /<\/?[a-zA-Z][^<>]*>/g;

// The pairs of tags of a text, each as the places of both.
function pairsIn(text) {
  const pairs = [];
  const open = [];
  for (const { 0: tag, index } of text.matchAll(TAG)) {
    const place = { from: index, to: index + tag.length };
    if (!tag.startsWith("</")) {
      if (!/^<br\b/.test(tag)) open.push(place);
    } else if (open.length) pairs.push([open.pop(), place]);
  }
  return pairs;
}

export function chips({ EditorView, EditorState, Decoration, WidgetType, ViewPlugin, MatchDecorator, keymap, history, historyKeymap, standardKeymap }, directionOf) {
  const views = new Map(); // by field

  class Chip extends WidgetType {
    constructor(tag, label, title) {
      super();
      Object.assign(this, { tag, label, title });
    }
    eq(other) {
      return other.tag === this.tag && other.label === this.label;
    }
    toDOM() {
      const chip = document.createElement("span");
      chip.className = "desk-tag";
      chip.textContent = this.label;
      chip.title = this.title;
      chip.setAttribute("aria-label", this.title);
      chip.setAttribute("role", "img");
      return chip;
    }
    ignoreEvent() {
      return false;
    }
  }

  function chipsOf(tags) {
    const numbered = (part, before) => {
      if (!part.startsWith("</")) {
        const found = tags.findIndex((tag) => tag.open === part);
        return found < 0 ? part : String(found + 1);
      }
      // Of the tags that are open before it, the last one.
      // Its own expression: the shared one is in the middle of a search.
      const open = [];
      for (const [each] of before.matchAll(new RegExp(TAG))) {
        if (each.startsWith("</")) open.pop();
        else if (!/^<br\b/.test(each)) open.push(each);
      }
      const found = tags.findIndex((tag) => tag.open === open.at(-1));
      return found < 0 ? part : `/${found + 1}`;
    };
    const matcher = new MatchDecorator({
      regexp: TAG,
      decoration: ([part], view, pos) => {
        const label = numbered(part, view.state.sliceDoc(0, pos));
        const address = tags.find((tag) => tag.open === part)?.address;
        return Decoration.replace({ widget: new Chip(part, label, address ? `${part} ${address}` : part) });
      },
    });
    return ViewPlugin.fromClass(
      class {
        constructor(view) {
          this.decorations = matcher.createDeco(view);
        }
        update(update) {
          if (update.docChanged || update.viewportChanged) this.decorations = matcher.createDeco(update.view);
        }
      },
      {
        decorations: (plugin) => plugin.decorations,
        provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
      },
    );
  }

  // A tag whose other half is deleted goes with it: one alone cannot be stored.
  const inPairs = EditorState.transactionFilter.of((transaction) => {
    if (!transaction.isUserEvent("delete") && !transaction.isUserEvent("input.type")) return transaction;
    const { changes, startState } = transaction;
    const deleted = [];
    changes.iterChangedRanges((from, to) => deleted.push({ from, to }));
    const isGone = (place) => deleted.some(({ from, to }) => from <= place.from && place.to <= to);
    const halves = pairsIn(startState.doc.toString()).filter(([open, close]) => isGone(open) !== isGone(close));
    const left = halves.map(([open, close]) => (isGone(open) ? close : open));
    const place = ({ from, to }) => ({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) });
    return left.length ? [transaction, { changes: left.map(place), sequential: true }] : transaction;
  });

  const theme = EditorView.theme({
    "&": { fontSize: "inherit" },
    ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflow: "visible" },
    ".cm-content": { padding: "0.35rem 0.5rem", fontFamily: "inherit" },
    ".cm-line": { padding: "0" },
  });

  function mount(field, tags) {
    if (views.has(field)) return;
    const box = document.createElement("div");
    box.className = `desk-chips ${field.className}`;
    box.lang = field.lang;
    box.dir = field.dir;
    const view = new EditorView({
      parent: box,
      state: EditorState.create({
        doc: field.value,
        selection: { anchor: field.selectionStart, head: field.selectionEnd },
        extensions: [
          history(),
          keymap.of([...historyKeymap, ...standardKeymap]),
          EditorView.lineWrapping,
          EditorView.perLineTextDirection.of(true),
          EditorView.contentAttributes.of((view) => ({
            lang: field.lang,
            dir: directionOf(view.state.doc.toString()),
            spellcheck: "true",
            "aria-label": field.labels[0]?.textContent ?? "",
            "aria-describedby": field.getAttribute("aria-describedby") ?? "",
          })),
          chipsOf(tags),
          inPairs,
          theme,
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            const value = update.state.doc.toString();
            if (field.value === value) return;
            field.value = value;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          }),
        ],
      }),
    });
    field.after(box);
    views.set(field, view);
    setBehind(field, true);
  }

  // Only the editor is seen, read out and reached by Tab.
  function setBehind(field, isBehind) {
    field.classList.toggle("desk-behind", isBehind);
    field.setAttribute("aria-hidden", isBehind);
    field.tabIndex = isBehind ? -1 : 0;
  }

  function unmount() {
    for (const [field, view] of views) {
      const box = view.dom.parentElement;
      view.destroy();
      box.remove();
      setBehind(field, false);
    }
    views.clear();
  }

  const viewOf = (field) => views.get(field);

  // The field has another text than the editor shows.
  function take(field) {
    const view = views.get(field);
    if (view && view.state.doc.toString() !== field.value) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value }, userEvent: ALONE });
    }
  }

  function insert(view, words) {
    view.dispatch({ ...view.state.replaceSelection(words), userEvent: ALONE });
    view.focus();
  }

  function wrap(view, tag) {
    const { from, to } = view.state.selection.main;
    const inner = tag.close ? view.state.sliceDoc(from, to) : "";
    const cursor = inner ? from + tag.open.length + inner.length + tag.close.length : from + tag.open.length;
    view.dispatch({ changes: { from, to, insert: `${tag.open}${inner}${tag.close}` }, selection: { anchor: cursor }, userEvent: ALONE });
    view.focus();
  }

  return { mount, unmount, viewOf, take, insert, wrap };
}
