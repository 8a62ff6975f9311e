// What is kept on the device until the server has it: the browser's database, else its storage, else this page alone.

const STORE = "forms";
const OPENING_MS = 3_000; // some browsers never answer in a private window

/** Things by key. `put` tells whether the thing would survive the page; it never fails, and memory is the last resort. */
export class Shelf {
  constructor(name) {
    this.name = name;
    this.memory = new Map();
    this.opened = null;
  }

  database() {
    this.opened ??= new Promise((resolve, reject) => {
      window.setTimeout(() => reject(new Error("slow")), OPENING_MS);
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }).catch(() => null);
    return this.opened;
  }

  /** One operation; settled once the database has really written. */
  async run(mode, act) {
    const base = await this.database();
    if (!base) throw new Error("no database");
    return new Promise((resolve, reject) => {
      const transaction = base.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async put(thing) {
    try {
      await this.run("readwrite", (things) => things.put(thing));
      this.memory.delete(thing.key);
      return true;
    } catch {
      const isKept = keepText(`${this.name}:${thing.key}`, thing);
      if (isKept) this.memory.delete(thing.key);
      else this.memory.set(thing.key, thing);
      return isKept;
    }
  }

  async drop(key) {
    this.memory.delete(key);
    dropText(`${this.name}:${key}`);
    await this.run("readwrite", (things) => things.delete(key)).catch(() => null);
  }

  async all() {
    const found = new Map();
    for (const thing of await this.run("readonly", (things) => things.getAll()).catch(() => [])) found.set(thing.key, thing);
    for (const thing of textsOf(`${this.name}:`)) found.set(thing.key, thing);
    for (const thing of this.memory.values()) found.set(thing.key, thing);
    return [...found.values()];
  }
}

/** Whether the browser took it. */
export function keepText(name, thing) {
  try {
    localStorage.setItem(name, JSON.stringify(thing));
    return true;
  } catch {
    return false;
  }
}

export function readText(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function dropText(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // nothing was kept
  }
}

function textsOf(start) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start)).map(readText).filter(Boolean);
  } catch {
    return [];
  }
}
