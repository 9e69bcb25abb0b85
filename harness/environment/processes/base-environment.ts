/** The environment that every server starts with: nothing of ours can change how it behaves. */

export function baseEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' };
}
