// What the editors of pages and translations share: whether the session goes on, the log-in in place, and a notice.
(() => {
  const tools = document.getElementById("editing-tools");
  if (!tools) return;
  const notice = document.getElementById("editing-notice");
  const dialog = document.getElementById("editing-sign-in");
  const frame = dialog.querySelector("iframe");
  const text = (name) => tools.querySelector(`template[data-name="${name}"]`).content.textContent;

  function tell(message, { compare = "", newest = "", signIn = false } = {}) {
    const place = document.querySelector("form[data-edit-form], .js-translation-editor, [data-desk]");
    if (place.matches("form")) place.prepend(notice);
    else place.before(notice);
    notice.querySelector("[data-text]").textContent = message;
    for (const [name, address] of [["compare", compare], ["newest", newest]]) {
      const link = notice.querySelector(`[data-${name}]`);
      link.hidden = !address;
      if (address) link.href = address;
    }
    notice.querySelector("[data-sign-in]").hidden = !signIn;
    if (!notice.hidden && notice.dataset.shown === message) return;
    notice.dataset.shown = message;
    notice.hidden = false;
    notice.focus();
  }

  // Resolves to "alive", "ended" or "unreachable".
  async function session() {
    try {
      const answer = await fetch(tools.dataset.session, {
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
        cache: "no-store",
      });
      if (answer.status === 403 || answer.redirected) return "ended";
      if (!answer.ok) return "unreachable";
      const known = await answer.json();
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = known.token;
      window.wagtailConfig.CSRF_TOKEN = known.token;
      return "alive";
    } catch {
      return "unreachable";
    }
  }

  // Resolves to whether somebody has logged in.
  function signIn() {
    siteEditing.signingIn ??= new Promise((resolve) => {
      const look = async () => {
        if ((await session()) === "alive") dialog.close();
      };
      const end = async () => {
        frame.removeEventListener("load", look);
        dialog.removeEventListener("close", end);
        const alive = (await session()) === "alive";
        frame.src = "about:blank";
        siteEditing.signingIn = null;
        if (alive) {
          notice.hidden = true;
          notice.dispatchEvent(new Event("editing:signed-in"));
        } else {
          tell(text("signed-out"), { signIn: true });
        }
        resolve(alive);
      };
      frame.addEventListener("load", look);
      dialog.addEventListener("close", end);
      frame.src = `${tools.dataset.login}?next=${encodeURIComponent(tools.dataset.session)}`;
      dialog.showModal();
    });
    return siteEditing.signingIn;
  }

  notice.querySelector("[data-sign-in]").addEventListener("click", signIn);

  const siteEditing = { notice, session, signIn, tell, text, signingIn: null };
  window.siteEditing = siteEditing;
})();
