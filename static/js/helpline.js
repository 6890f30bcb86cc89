// Whether a helpline answers now, from its hours and time zone in the page. Numbers and hours stand there without it.
{
  const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const day = (date) => date.toISOString().slice(0, 10);

  // The date and the time of day in the helpline's time zone, whatever the device's own is.
  const there = (zone, instant) => {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const date = new Date(Date.UTC(part.year, part.month - 1, part.day));
    return { date, weekday: DAYS.indexOf(part.weekday), minute: (part.hour % 24) * 60 + Number(part.minute) };
  };

  const spanOf = ({ week, days }, date, weekday) => (day(date) in days ? days[day(date)] : week[weekday]);

  const isOpen = (schedule, instant) => {
    const { date, weekday, minute } = there(schedule.zone, instant);
    const today = spanOf(schedule, date, weekday);
    if (today) {
      const [opens, closes] = today.map(minutes);
      if (opens === closes || (minute >= opens && (minute < closes || closes < opens))) return true;
    }
    // What opened yesterday may close only today.
    const yesterday = spanOf(schedule, new Date(date.getTime() - 86400000), (weekday + 6) % 7);
    if (!yesterday) return false;
    const [opens, closes] = yesterday.map(minutes);
    return closes < opens && minute < closes;
  };

  const show = () => {
    for (const hours of document.querySelectorAll("[data-schedule]")) {
      const now = hours.querySelector(".now");
      try {
        const open = isOpen(JSON.parse(hours.dataset.schedule), new Date());
        now.textContent = open ? hours.dataset.open : hours.dataset.closed;
        now.classList.toggle("open", open);
        now.hidden = false;
      } catch {
        // An old browser without time zones says nothing rather than something wrong.
        now.hidden = true;
      }
    }
  };

  show();
  setInterval(show, 30000);
  document.addEventListener("visibilitychange", show);
}
