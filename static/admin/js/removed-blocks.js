// Offers to put back a block, or a row of a list, that was removed.
(() => {
  const tools = document.getElementById("editing-tools");
  const bar = document.getElementById("editing-removed");
  const form = document.querySelector("form[data-edit-form]");
  if (!tools || !bar || !form) return;
  form.append(bar);
  const pattern = tools.querySelector('template[data-name="removed"]').content.textContent;
  const removed = [];

  // The innermost block of a stream or list that holds the element. Streams and lists have children, structures
  // have blocks by name.
  function childWith(block, element) {
    for (const child of block?.children ?? []) {
      if (child.element?.contains(element)) return childWith(child.block, element) ?? child;
    }
    for (const inner of Object.values(block?.childBlocks ?? {})) {
      const found = childWith(inner, element);
      if (found) return found;
    }
    return null;
  }

  function offer() {
    bar.hidden = removed.length === 0;
    if (removed.length) bar.querySelector("[data-text]").textContent = pattern.replace("%(block)s", removed.at(-1).name);
  }

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.('button[data-streamfield-action="DELETE"]');
      if (!button) return;
      let holder = button;
      while (holder && !holder.rootBlock) holder = holder.parentElement;
      const child = childWith(holder?.rootBlock, button);
      if (!child) return;
      const heading = child.element.querySelector("[data-panel-heading]");
      const { sequence, index } = child;
      const state = child.getState();
      removed.push({ sequence, index, state, name: heading ? heading.textContent.trim().replace(/\s+/g, " ") : "" });
      setTimeout(offer);
    },
    { capture: true },
  );

  bar.querySelector("[data-undo]").addEventListener("click", () => {
    const { sequence, index, state } = removed.pop();
    const at = Math.min(index, sequence.children.length);
    // A stream's state names the type of the block, a list's does not.
    if (state.type) sequence.insert(state, at, { focus: true });
    else sequence.insert(state.value, at, { id: state.id, focus: true });
    offer();
  });

  bar.querySelector("[data-dismiss]").addEventListener("click", () => {
    removed.length = 0;
    offer();
  });
})();
