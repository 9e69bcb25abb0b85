/** The exit codes of every verb, printed by `--help`; the numbers 64, 69, 70 and 130 follow sysexits(3) and the shell. */
export const exitCodes = {
  pass: { code: 0, meaning: 'pass: every gated claim holds in a valid run' },
  fail: { code: 1, meaning: 'fail: at least one claim is broken' },
  inconclusive: { code: 2, meaning: 'inconclusive: too little evidence, or the run is invalid' },
  usage: { code: 64, meaning: 'bad arguments or configuration; nothing was started' },
  unavailable: { code: 69, meaning: 'the environment is not available, or a server of it died' },
  internal: { code: 70, meaning: 'an error inside signoff' },
  interrupted: { code: 130, meaning: 'interrupted; everything was stopped' },
} as const;

export type ExitName = keyof typeof exitCodes;

/** The number that a process ends with for a named outcome. */
export function exitCode(name: ExitName): number {
  return exitCodes[name].code;
}
