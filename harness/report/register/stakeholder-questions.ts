/** The steering committee's questions, with the rows of the claims register that bear on each. */

export interface StakeholderQuestion {
  who: string;
  question: string;
  rows: readonly string[];
}

export const stakeholderQuestions: readonly StakeholderQuestion[] = [
  { who: 'CTO', question: 'Can availability reach 99.99 %?', rows: ['AVAIL', 'REC-FAILOVER'] },
  {
    who: 'CTO',
    question: 'Can p95 fall from 120 ms to 85 ms?',
    rows: ['OPT-JSON', 'OPT-POOL', 'OPT-PLAN', 'OPT-STREAM', 'OPT-SUM'],
  },
  {
    who: 'CTO',
    question: 'Is quality kept while it grows?',
    rows: ['LAT-500', 'LAT-100T', 'LAT-1KT', 'LAT-10KT', 'RLS-COST'],
  },
  { who: 'CFO', question: 'What do 10 to 20 % buy, and at what cost?', rows: ['CAP-100K', 'SCALE'] },
  {
    who: 'General Counsel',
    question: 'Is the OWASP Top 10 covered?',
    rows: ['SEC-OWASP', 'SEC-AUTHN', 'SEC-AUTHZ', 'SEC-ISO'],
  },
  {
    who: 'VP Product',
    question: 'Which latency can be promised: under 50 ms or 120 ms?',
    rows: ['LAT-500', 'LAT-100T'],
  },
  {
    who: 'CISO',
    question: 'Are keys rotated, and what did a penetration test find?',
    rows: ['SEC-ROTATE', 'SEC-REST'],
  },
  {
    who: 'VP Operations',
    question: 'Recovery in under 1 h, restore in under 30 min?',
    rows: ['REC-RTO', 'REC-RESTORE'],
  },
];

/** Who signs, in the order of the design summary. */
export const signatories: readonly string[] = [
  'Tech Lead',
  'Security Lead',
  'DBA Lead',
  'Senior Backend Engineer',
  'Domain Expert',
  'CTO',
];
