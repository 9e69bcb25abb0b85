/** No engine can be had on this machine, and what a person can do about it. */
export class EngineMissing extends Error {
  constructor(reason: string, fix: string) {
    super(`${reason}\n${fix}`);
    this.name = 'EngineMissing';
  }
}
