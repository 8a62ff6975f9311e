// Forms of the tablet, kept in the browser's database until the server has them.
// Each has the key drawn when it was filled in: sending it again, even after a lost answer, gives one response.

const DATABASE = "enquetes-borne";
const STORE = "forms";
const PATIENCE_MS = 15_000;
const FORM = "application/x-www-form-urlencoded";

const inMemory = new Map(); // a browser that refuses its database still sends what it holds
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }).catch(() => null);
  return opened;
}

/** One operation of the store; settled once the database has really written. */
async function store(mode, act, otherwise) {
  const base = await database();
  if (!base) return otherwise();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Keeps a form {key, action, state, body, at}. */
export const keep = (form) => store("readwrite", (forms) => forms.put(form), () => inMemory.set(form.key, form));
const drop = (key) => store("readwrite", (forms) => forms.delete(key), () => inMemory.delete(key));
const all = () => store("readonly", (forms) => forms.getAll(), () => [...inMemory.values()]);

/** How many forms wait, and how many the server refused for good. */
export async function counts() {
  const forms = await all();
  const refused = forms.filter((form) => form.refused).length;
  return { waiting: forms.length - refused, refused };
}

/** A fresh protection token, and whether the survey takes answers; fails when the server cannot be reached. */
export async function ask(url) {
  const answer = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** Sends what waits, oldest first, in one window at a time; false when something is still to be sent later. */
export async function sendAll() {
  if (!navigator.locks) return sendEach();
  return navigator.locks.request(DATABASE, { ifAvailable: true }, (lock) => (lock ? sendEach() : false));
}

async function sendEach() {
  const waiting = (await all()).filter((form) => !form.refused).sort((one, other) => one.at - other.at);
  const tokens = new Map();
  let everything = true;
  for (const form of waiting) {
    const outcome = await sendOne(form, tokens);
    if (outcome === "unreachable") return false;
    everything &&= outcome === "sent";
  }
  return everything;
}

/** « sent » once it leaves the queue, « kept » when this form must wait, « unreachable » when all must. */
async function sendOne(form, tokens) {
  try {
    if (!tokens.has(form.state)) tokens.set(form.state, (await ask(form.state)).token);
    const answer = await fetch(form.action, {
      method: "POST",
      body: form.body,
      headers: { Accept: "application/json", "Content-Type": FORM, "X-CSRFToken": tokens.get(form.state) },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return await settle(form, answer);
  } catch {
    return "unreachable";
  }
}

async function settle(form, answer) {
  if (answer.ok) {
    await drop(form.key);
    return "sent";
  }
  if (answer.status === 422) {
    await keep({ ...form, refused: (await answer.json()).sentence });
    return "sent";
  }
  return answer.status === 429 || answer.status >= 500 ? "unreachable" : "kept";
}
