// Two translators at once: a text that somebody has changed since it was shown here is not saved over. The server
// decides (translation/at_once.py); wagtail-localize's editor tells it nothing, so this adds what it has shown.
(() => {
  const editor = document.querySelector(".js-translation-editor");
  if (!editor || !window.siteEditing) return;
  const { session, signIn, tell } = window.siteEditing;
  const props = JSON.parse(editor.dataset.props);
  const known = new Map();

  for (const each of [...props.initialStringTranslations, ...props.initialOverrides]) known.set(each.segment_id, each.data);
  const byUrl = new Map(props.segments.map((segment) => [segment.editUrl, known.get(segment.id)]));

  // FNV-1a of the text in UTF-8; empty for none.
  function fingerprint(value) {
    if (value === undefined || value === null) return "";
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(String(value))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash.toString(16);
  }

  // Who may neither publish nor stop a translation goes on at the desk (admin/css/translation.css hides the rest).
  // wagtail-localize previews pages only.
  new MutationObserver((_changes, observer) => {
    const actions = editor.querySelector(".footer__container");
    if (!actions) return;
    observer.disconnect();
    const stop = actions.querySelector('.w-dropdown-button > [data-w-action-url-value$="/disable/"]');
    const desk = document.querySelector("[data-to-desk]");
    if (stop && desk) stop.parentElement.before(desk.cloneNode(true));
    const preview = document.querySelector("template[data-to-preview]");
    if (preview) actions.append(preview.content);
  }).observe(editor, { childList: true, subtree: true });

  // What wagtail-localize's editor says in English alone: the title above the strings, and the name of a button.
  // What is set is a change, too: the same words again would never end.
  const more = gettext("More actions");
  const languages = [props.sourceLocale.displayName, props.locale.displayName];
  new MutationObserver(() => {
    for (const place of editor.querySelectorAll("section h3, .w-sr-only")) {
      if (place.textContent === `${languages.join(" to ")} translation`) {
        place.textContent = languages.join(document.documentElement.dir === "rtl" ? " ← " : " → ");
      } else if (place.textContent === "More actions" && more !== "More actions") place.textContent = more;
    }
  }).observe(editor, { childList: true, subtree: true });

  const plainFetch = window.fetch;

  async function send(url, options) {
    const answer = await plainFetch(url, {
      ...options,
      headers: { ...options.headers, "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN, "X-Known-Value": fingerprint(byUrl.get(url)) },
    });
    if (answer.status !== 403 && !answer.redirected) return answer;
    if ((await session()) !== "ended" || !(await signIn())) return answer;
    return send(url, options);
  }

  window.fetch = async (url, options = {}) => {
    if (!byUrl.has(url) || !["PUT", "DELETE"].includes(options.method)) return plainFetch(url, options);
    const answer = await send(url, options);
    if (answer.status === 409) tell(await answer.clone().text());
    else if (options.method === "DELETE" && (answer.ok || answer.status === 404)) byUrl.set(url, undefined);
    else if (answer.ok) byUrl.set(url, (await answer.clone().json()).data);
    return answer;
  };
})();
