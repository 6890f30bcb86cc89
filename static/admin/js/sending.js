// Follows a job until it is finished. Without it the page is read again by itself.
(() => {
  const box = document.querySelector("[data-sending][data-progress]");
  if (!box) return;
  const INTERVAL = 1500;
  const text = box.querySelector("[data-text]");
  const bar = box.querySelector("[data-bar]");
  const problems = box.querySelector("[data-problems]");

  const show = (job) => {
    if (text.textContent !== job.text) text.textContent = job.text;
    bar.max = Math.max(job.total, 1);
    bar.value = job.done;
    problems.hidden = !job.problems.length;
    problems.querySelector("ul").replaceChildren(
      ...job.problems.map(({ title, reason }) => {
        const line = document.createElement("li");
        const name = document.createElement("strong");
        name.textContent = title;
        line.append(name, ` ${reason}`);
        return line;
      }),
    );
  };

  const look = async () => {
    try {
      const response = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (response.ok) {
        const job = await response.json();
        show(job);
        if (job.finished) {
          window.location.reload();
          return;
        }
      }
    } catch {
      // The server may be starting again; the next look tells.
    }
    window.setTimeout(look, INTERVAL);
  };
  window.setTimeout(look, INTERVAL);
})();
