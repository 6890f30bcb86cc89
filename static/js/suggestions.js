// Offers words and titles while somebody types. Without it the form is a plain one.
{
  const PAUSE = 150;
  for (const field of document.querySelectorAll("[data-suggestions]")) {
    const list = document.createElement("ul");
    const said = document.createElement("p");
    const count = new Intl.NumberFormat(document.documentElement.lang);
    let timer;
    let asked;
    let chosen = -1;

    const options = () => [...list.children];
    const close = () => {
      list.hidden = true;
      chosen = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const open = () => {
      list.hidden = !list.children.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
    };
    const take = (option) => {
      field.value = option.textContent;
      close();
      field.form.requestSubmit();
    };
    const show = (suggestions) => {
      list.replaceChildren(
        ...suggestions.map((text, place) => {
          const option = document.createElement("li");
          option.id = `suggestion-${place}`;
          option.role = "option";
          option.textContent = text;
          return option;
        }),
      );
      close();
      said.textContent = suggestions.length ? field.dataset.said.replace("{number}", count.format(suggestions.length)) : "";
      open();
    };
    const ask = async () => {
      const text = (asked = field.value);
      if (text.trim().length < 3) return show([]);
      try {
        const response = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(text)}`);
        const { suggestions } = await response.json();
        if (text === asked && document.activeElement === field) show(suggestions);
      } catch {
        close();
      }
    };
    const move = (step) => {
      const all = options();
      chosen = (chosen + step + all.length + 1) % (all.length + 1);
      all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      if (chosen < all.length) field.setAttribute("aria-activedescendant", all[chosen].id);
      else field.removeAttribute("aria-activedescendant");
    };

    list.id = "suggestions";
    list.role = "listbox";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("aria-label", field.dataset.label);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    said.className = "unseen";
    said.setAttribute("aria-live", "polite");
    field.closest(".asked").append(list, said);

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden && event.key === "ArrowDown" && field.value === asked) open();
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (chosen < 0 && event.key === "ArrowDown") chosen = options().length;
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && options()[chosen]) {
        event.preventDefault();
        take(options()[chosen]);
      }
    });
    field.addEventListener("blur", close);
    // Before the field loses what is typed into it.
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      if (event.target.role === "option") take(event.target);
    });
  }
}
