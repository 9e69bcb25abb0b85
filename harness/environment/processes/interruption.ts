/** What to throw when work is cut short: the reason that the signal carries, or else INTERRUPTED with what was going on. */
import { SignoffError } from '../../model/errors.ts';

export function interruption(signal: AbortSignal, during: string): SignoffError {
  if (signal.reason instanceof SignoffError) return signal.reason;
  return new SignoffError('INTERRUPTED', `interrupted while ${during}`);
}
