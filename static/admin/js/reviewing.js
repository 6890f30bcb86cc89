// The reviewer's screen by keyboard. Without this script every button sends the form; the server answers with the
// same screen, in which what was typed and not sent stands again. With it only the unit is replaced, and what is
// typed survives a reload.
(() => {
  const form = document.getElementById("review");
  if (!form) return;
  const store = window.sessionStorage;
  const key = (field) => `review:${location.pathname}:${field.name}`;
  const fields = () => [...form.elements].filter((field) => field.tagName === "TEXTAREA");
  const units = () => [...document.querySelectorAll(".translation-unit")];
  const current = () => document.activeElement.closest(".translation-unit");

  for (const field of fields()) {
    const typed = store.getItem(key(field));
    if (typed === null || typed === field.defaultValue) continue;
    field.value = typed;
    field.closest("details")?.setAttribute("open", "");
  }
  document.addEventListener("input", (event) => {
    if (event.target.form === form && event.target.tagName === "TEXTAREA") store.setItem(key(event.target), event.target.value);
  });

  function go(step, from = current()) {
    const all = units();
    const index = from ? all.findIndex((unit) => unit.id === from.id) + step : 0;
    const next = all[Math.max(0, Math.min(index, all.length - 1))];
    next?.focus();
    next?.scrollIntoView({ block: "center" });
  }

  // Sends the button's deed, takes over the answer's row, and gives back what is typed elsewhere in it.
  async function send(button, unit) {
    const data = new FormData(form);
    data.set("action", button.value);
    button.disabled = true;
    let answer;
    try {
      answer = await fetch(location.pathname, { method: "POST", body: data });
    } catch {
      button.disabled = false;
      tell(form.dataset.offline || "…");
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(unit.id);
    if (!answer.ok || answer.redirected || !page.getElementById("review")) {
      location.reload();
      return;
    }
    const errors = page.querySelectorAll(".messages .error");
    tell([...errors].map((error) => error.textContent.trim()).join(" "));
    const sent = errors.length ? [] : [...unit.querySelectorAll("textarea")].filter((field) => field.closest("details")?.contains(button));
    sent.forEach((field) => store.removeItem(key(field)));
    if (fresh) unit.replaceWith(fresh);
    else unit.remove();
    const finish = document.querySelector(".translation-panel__decision");
    const reason = document.getElementById("reason")?.value;
    const newer = page.querySelector(".translation-panel__decision");
    if (finish && newer) finish.replaceWith(newer);
    if (reason) document.getElementById("reason").value = reason;
    if (errors.length) document.getElementById(unit.id)?.focus();
    else if (button.value.match(/^(approve|return)-/)) go(1, document.getElementById(unit.id) || undefined);
    else document.getElementById(unit.id)?.focus();
  }

  function tell(text) {
    document.getElementById("review-state").textContent = text;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=action]");
    if (!button || button.form !== form) return;
    const unit = button.closest("tr");
    if (!unit) {
      // Finishing: nothing of what is typed is waited for any more.
      fields().forEach((field) => store.removeItem(key(field)));
      return;
    }
    event.preventDefault();
    send(button, unit);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && event.target.tagName === "TEXTAREA") {
      event.target.closest("details")?.querySelector("button[name=action]")?.click();
      return;
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const unit = current();
    if (event.code === "ArrowDown") go(1);
    else if (event.code === "ArrowUp") go(-1);
    else if (event.code === "KeyA" && unit) unit.querySelector("[data-approve]")?.click();
    else if (event.code === "KeyR" && unit) {
      const field = unit.querySelector("[data-return]");
      field?.closest("details").setAttribute("open", "");
      field?.focus();
    } else return;
    event.preventDefault();
  });
})();
