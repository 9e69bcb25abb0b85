/** A running system as the terminal shows it: where it is, who can log in, how to stop it. */
import { roleSchema, type Manifest } from '../model/manifest.ts';
import type { System } from '../model/system.ts';

export interface SystemSummary {
  id: string;
  url: string | null;
  apiDocument: string | null;
  tenant: string;
  password: string;
  logins: { role: string; email: string }[];
  manifest: string | null;
}

/** The first tenant's users stand for all: every seeded user has the manifest's demo password. */
export function summariseSystem(system: System, manifest: Manifest): SystemSummary {
  const url = system.services.find((service) => service.arm === 'rls')?.url ?? null;
  const tenant = manifest.tenants[0];
  return {
    id: system.id,
    url,
    apiDocument: url === null ? null : `${url}/openapi.json`,
    tenant: tenant?.slug ?? '',
    password: manifest.demoPassword,
    logins: roleSchema.options.flatMap((role) => {
      const user = tenant?.users.find((each) => each.role === role);
      return user === undefined ? [] : [{ role, email: user.email }];
    }),
    manifest: system.manifestPath,
  };
}

export function systemLines(summary: SystemSummary): string {
  const admin = summary.logins[0];
  const login = JSON.stringify({ tenant: summary.tenant, email: admin?.email, password: summary.password });
  return [
    '',
    `  service       ${summary.url ?? 'not running'}`,
    `  API document  ${summary.apiDocument ?? 'not running'}`,
    `  manifest      ${summary.manifest ?? 'nothing seeded'}`,
    `  demo tenant   ${summary.tenant}, password ${summary.password}`,
    ...summary.logins.map(({ role, email }) => `    ${role.padEnd(8)}${email}`),
    '',
    '  log in and read trades:',
    `    curl -s -c /tmp/alphapulse -H 'content-type: application/json' -d '${login}' ${summary.url ?? ''}/api/v1/auth/login`,
    `    curl -s -b /tmp/alphapulse '${summary.url ?? ''}/api/v1/trades?limit=3'`,
    '',
  ].join('\n');
}
