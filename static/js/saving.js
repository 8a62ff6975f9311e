// The one way to save: what is typed goes on a queue kept on the device, and leaves it when the server says so.
// Sent in order, again and again; a thing refused is set apart with its reason and never blocks the others.

import { Shelf } from "./storage.js";

const FORM = "application/x-www-form-urlencoded";
const FIRST_MS = 2_000;
const PATIENCE_MS = 15_000;
const FAILURES = 5; // answers « 500 » before a thing is set apart
const SENTENCES = {
  400: "Le serveur n’a pas compris cet envoi.",
  403: "Votre rôle ne permet pas cette saisie.",
  404: "La page où cela se saisit n’existe plus.",
  413: "L’envoi est trop volumineux.",
};

/** A request that gives up after a while; `AbortSignal.timeout` is unknown to the browsers of many tablets. */
export function ask(url, options = {}, patience = PATIENCE_MS) {
  const stop = typeof AbortController === "function" ? new AbortController() : null;
  let timer = 0;
  const late = new Promise((_, reject) => {
    timer = window.setTimeout(() => {
      reject(new Error("late"));
      stop?.abort();
    }, patience);
  });
  const request = fetch(url, { cache: "no-store", ...options, ...(stop && { signal: stop.signal }) });
  return Promise.race([request, late]).finally(() => window.clearTimeout(timer));
}

/** The protection token of the moment: the one a page was made with is over once its reader signed in again. */
export function token() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** What a form of the house sends with every save by script. */
export const ours = () => ({ Accept: "application/json", "X-Saving": "1", "X-CSRFToken": token() });

/** The answer as our server gives it; null for the page of somebody else (a proxy, the portal of a network). */
export async function told(answer) {
  try {
    const read = await answer.json();
    return read && typeof read.outcome === "string" ? read : null;
  } catch {
    return null;
  }
}

const placeOf = (thing) => thing.lane ?? thing.key; // a form kept by an older version has no lane

/**
 * Things to send: {key, lane, action, body, label, at}. A lane is one place (a cell): what is typed there later
 * replaces what has not left yet. Listeners: `change()` when the list or its trouble changes, `fate(thing, answer)`.
 */
export class Queue {
  constructor({ name, who = "", headers = ours, longest = 30_000, locked = true }) {
    Object.assign(this, { who, headers, longest, locked, name });
    this.shelf = new Shelf(name);
    this.things = [];
    this.trouble = ""; // "", "network", "session", "busy"
    this.isFrail = false; // nothing would survive the page
    this.sent = 0;
    this.gone = new Set(); // keys that left by this page
    this.delay = FIRST_MS;
    this.listeners = { change: [], fate: [] };
    this.asked = null;
    window.addEventListener("online", () => { this.delay = FIRST_MS; this.send(); });
    window.addEventListener("offline", () => this.tell("change"));
  }

  on(event, act) { this.listeners[event].push(act); }
  tell(event, ...about) { this.listeners[event].forEach((act) => act(...about)); }

  get waiting() { return this.things.filter((thing) => !thing.refused); }
  get refused() { return this.things.filter((thing) => thing.refused); }

  async load() {
    const all = await this.shelf.all();
    const before = this.things;
    this.things = all.filter((thing) => (thing.who ?? "") === this.who).sort((one, other) => one.at - other.at);
    const keys = new Set(this.things.map((thing) => thing.key));
    this.tell("change");
    // sent by another window of the same browser
    before.filter((thing) => !keys.has(thing.key) && !this.gone.has(thing.key)).forEach((thing) => this.tell("fate", thing, { outcome: "elsewhere" }));
    return this.things;
  }

  /** Keeps a thing and sends it; settled once it is kept, true when it would survive the page. */
  async add(thing) {
    const kept = { who: this.who, at: Date.now(), tries: 0, lane: thing.key, ...thing };
    for (const other of this.things.filter((one) => one.lane === kept.lane && (one.refused || !one.tries))) {
      await this.leave(other.key);
    }
    this.isFrail = !(await this.shelf.put(kept)) || this.shelf.memory.size > 0;
    await this.load();
    this.send();
    return !this.isFrail;
  }

  async drop(key) {
    await this.leave(key);
    await this.load();
  }

  leave(key) {
    this.gone.add(key);
    return this.shelf.drop(key);
  }

  /** Gives what was set apart another chance. */
  async retry() {
    for (const thing of this.refused) {
      delete thing.refused;
      await this.shelf.put(thing);
    }
    return this.send();
  }

  /** Sends what waits, oldest first, in one window at a time. */
  send() {
    window.clearTimeout(this.timer);
    this.asked ??= this.alone().catch((error) => console.error(error)).then(() => {
      this.asked = null;
      this.isFrail = this.shelf.memory.size > 0;
      this.tell("change");
      if (this.isAskedAgain) { this.isAskedAgain = false; return this.send(); }
      if (this.waiting.length && this.trouble !== "session") this.later();
      return null;
    });
    if (this.isRunning) this.isAskedAgain = true;
    return this.asked;
  }

  later() {
    this.delay = this.trouble ? Math.min(this.delay * 2, this.longest) : FIRST_MS;
    this.timer = window.setTimeout(() => this.send(), this.delay * (0.5 + Math.random()));
  }

  alone() {
    if (!this.locked || !navigator.locks) return this.sendEach();
    return navigator.locks.request(`envois:${this.name}`, () => this.sendEach());
  }

  async sendEach() {
    const passed = new Set();
    this.isRunning = true;
    try {
      for (;;) {
        const waiting = (await this.load()).filter((thing) => !thing.refused);
        const next = waiting.find((thing) => !passed.has(placeOf(thing)) && (thing.notBefore ?? 0) <= Date.now());
        if (!next) return;
        const fate = await this.sendOne(next);
        if (fate === "stop") return;
        if (fate === "later") passed.add(placeOf(next));
      }
    } finally {
      this.isRunning = false;
    }
  }

  async sendOne(thing, isSecond = false) {
    thing.tries = (thing.tries ?? 0) + 1;
    await this.shelf.put(thing); // what may have left is never replaced
    let answer;
    try {
      const headers = { "Content-Type": FORM, ...(await this.headers(thing, isSecond)) };
      answer = await ask(thing.action, { method: "POST", body: thing.body, headers, credentials: "same-origin" });
    } catch {
      return this.stop("network");
    }
    return this.settle(thing, answer, await told(answer), isSecond);
  }

  stop(trouble) {
    this.trouble = trouble;
    return "stop";
  }

  async settle(thing, answer, said, isSecond) {
    if (answer.status === 401) return this.stop("session");
    if (said?.outcome === "token") return isSecond ? this.stop("session") : this.sendOne(thing, true);
    if (answer.ok) return said && !answer.redirected ? this.received(thing, said) : this.stop("network");
    if (answer.status === 429 || said?.outcome === "later") return this.postpone(thing, answer);
    if ([502, 503, 504].includes(answer.status)) return this.stop("busy");
    if (answer.status >= 500 && (thing.failures ?? 0) < FAILURES) {
      thing.failures = (thing.failures ?? 0) + 1;
      return this.postpone(thing, answer);
    }
    return this.refuse(thing, said ?? { outcome: "refused", sentence: SENTENCES[answer.status] ?? `Le serveur n’a pas pu l’enregistrer (erreur ${answer.status}).` });
  }

  async postpone(thing, answer) {
    const seconds = Math.min(Number(answer.headers.get("Retry-After")) || FIRST_MS / 1_000, 300);
    thing.notBefore = Date.now() + seconds * 1_000;
    this.trouble = "busy";
    await this.shelf.put(thing);
    return "later";
  }

  async received(thing, said) {
    this.trouble = "";
    this.delay = FIRST_MS;
    this.sent += 1;
    await this.leave(thing.key);
    for (const later of this.things.filter((other) => placeOf(other) === placeOf(thing) && other.key !== thing.key)) {
      const body = new URLSearchParams(later.body);
      Object.entries(said.fields ?? {}).forEach(([name, value]) => body.set(name, value));
      later.body = body.toString();
      await this.shelf.put(later);
    }
    this.tell("fate", thing, said);
    return "sent";
  }

  /** Set apart with its reason, unless something was typed over it since. */
  async refuse(thing, said) {
    this.trouble = "";
    if (this.things.some((other) => placeOf(other) === placeOf(thing) && other.at > thing.at)) {
      await this.leave(thing.key);
      return "refused";
    }
    thing.refused = said.sentence;
    thing.outcome = said.outcome;
    await this.shelf.put(thing);
    this.tell("fate", thing, said);
    return "refused";
  }
}

/** Puts back in a form what was sent from it. */
export function fill(form, body) {
  const data = new URLSearchParams(body);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = data.getAll(field.name).includes(field.value);
    else if (data.has(field.name)) field.value = data.get(field.name);
  }
  form.dispatchEvent(new Event("filled"));
}

/** A form as it is sent; the protection token is added when it leaves. */
export function bodyOf(form, more = {}) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
  Object.entries(more).forEach(([name, value]) => data.set(name, value));
  data.delete("csrfmiddlewaretoken");
  return data.toString();
}
