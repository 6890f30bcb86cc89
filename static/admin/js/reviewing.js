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

  async function post(button) {
    const data = new FormData(form);
    data.set("action", button.value);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data });
      return answer.ok ? answer : null;
    } catch {
      return null;
    }
  }

  // Sends the button's deed, and takes over the row of the answer. What is typed elsewhere stays as it is.
  async function send(button, unit) {
    const all = units();
    const next = all[all.findIndex((each) => each.id === unit.id) + 1]?.id;
    button.disabled = true;
    const answer = await post(button);
    if (!answer) {
      button.disabled = false;
      tell(form.dataset.offline);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const errors = [...page.querySelectorAll(".messages .error")].map((error) => error.textContent.trim());
    tell(errors.join(" "));
    if (!errors.length) [...button.closest("td, details").querySelectorAll("textarea")].forEach(forget(button));
    // Another session, or another review in place of this one: nothing typed is lost by loading the page again.
    if (answer.redirected || (button.value.startsWith("correct/") && !errors.length)) {
      location.reload();
      return;
    }
    const fresh = page.getElementById(unit.id);
    if (fresh) unit.replaceWith(fresh);
    else unit.remove();
    takeOverEnd(page);
    const goesOn = !errors.length && /^(approve|return)-/.test(button.value);
    const target = document.getElementById(goesOn && next ? next : unit.id);
    target?.focus();
    target?.scrollIntoView({ block: "center" });
  }

  // Of the fields in the button's own details only: those are what it has sent.
  function forget(button) {
    return (field) => {
      if (field.closest("details")?.contains(button)) store.removeItem(key(field));
    };
  }

  // Which buttons finish the review depends on what is decided.
  function takeOverEnd(page) {
    const now = document.querySelector(".translation-panel__decision");
    const fresh = page.querySelector(".translation-panel__decision");
    if (!now || !fresh) return;
    const reason = now.querySelector("#reason").value;
    now.replaceWith(fresh);
    fresh.querySelector("#reason").value = reason;
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
