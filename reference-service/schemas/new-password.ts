/** What a new password may be: long rather than odd, and none of those that everybody tries first (NIST SP 800-63B, 5.1.1.2). */
import { z } from 'zod';

// Long passphrases are welcome; without an upper bound hashing would be a way to burn our CPU.
const longest = 200;
export const newPasswordSchema = z.string().min(10).max(longest);

/** Fewer different characters than this are a repetition, however long. */
const leastDifferentCharacters = 5;
/** A part of the user's own name or address that is shorter says nothing. */
const leastOwnPart = 4;
/** The first guesses of every list, without the digits and signs that are put behind them to reach a length. */
const firstGuesses = new Set(
  `password passwort passw0rd p@ssword p@ssw0rd motdepasse contrasena welcome willkommen letmein changeme changethis
  default administrator admin superuser root guest login access secret mysecret iloveyou sunshine princess football
  baseball superman batman starwars pokemon dragon monkey shadow master freedom whatever trustno computer internet
  qwertyuiop qwertzuiop azertyuiop asdfghjkl zxcvbnm qwerty qwertz azerty qazwsxedc zaqxsw abcdefghij abcdefghijk
  alphapulse alphapulseadmin trading trader tradingplatform portfolio bitcoin ethereum moneymoney wallstreet`.split(
    /\s+/,
  ),
);
const runsOfKeys = ['01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz'];

/** Whether somebody who knows the user, or nobody at all, would try it among the first. */
export function isEasilyGuessed(password: string, own: string[]): boolean {
  // Refused for its length, but judged all the same (zod runs refinements beside it): the patterns below take a time that grows with its square.
  if (password.length > longest) return false;
  const lower = password.toLowerCase();
  if (new Set(lower).size < leastDifferentCharacters) return true;
  if (runsOfKeys.some((run) => run.includes(lower))) return true;
  const stem = lower.replace(/[^a-z]+$/, '').replace(/^[^a-z]+/, '');
  if (firstGuesses.has(stem) || firstGuesses.has(lower.replace(/[\d\W_]+$/, ''))) return true;
  return own.some((part) => part.length >= leastOwnPart && stem === part.toLowerCase());
}
