// Reads a calendar from standard input as a calendar program does, and prints its days up to a year as "day uid".
import { readFileSync } from "node:fs";
import ICAL from "../node_modules/ical.js/dist/ical.js";

const last = ICAL.Time.fromDateString(process.argv[2]);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    if (!event.startDate.isDate || event.duration.toSeconds() !== 24 * 60 * 60) throw new Error(`${event.uid} is no day`);
    const days = event.isRecurring() ? event.iterator() : [event.startDate].values();
    for (let next = days.next(); next; next = days.next()) {
        const day = next.value ?? (next.done === undefined ? next : null);
        if (!day || day.compare(last) > 0) break;
        console.log(`${day.toString()} ${event.uid} ${event.summary}`);
    }
}
