// Writes the times of comments as all other times of the admin, with their time zone: Wagtail's script draws them in
// the browser's zone and names none.
(() => {
  const comments = document.getElementById("comments");
  const tools = document.getElementById("editing-tools");
  if (!comments || !tools) return;

  const written = new Map(); // by the moment in ISO 8601

  function write() {
    for (const time of comments.querySelectorAll("time[datetime]")) {
      const words = written.get(time.dateTime);
      if (words && time.textContent !== words) time.textContent = words;
    }
  }

  async function ask() {
    const moments = new Set(Array.from(comments.querySelectorAll("time[datetime]"), (time) => time.dateTime));
    const unknown = Array.from(moments).filter((moment) => !written.has(moment));
    if (!unknown.length) return;
    for (const moment of unknown) written.set(moment, "");
    const parameters = new URLSearchParams(unknown.slice(0, 100).map((moment) => ["at", moment]));
    try {
      const answer = await fetch(`${tools.dataset.times}?${parameters}`);
      if (!answer.ok) return;
      for (const [moment, words] of Object.entries(await answer.json())) written.set(moment, words);
      write();
    } catch {
      // Without the server they stay as Wagtail has drawn them.
    }
  }

  new MutationObserver(() => {
    write();
    ask();
  }).observe(comments, { childList: true, subtree: true });
  ask();
})();
