/** How many tenants the database has, asked before anything is generated. */
import type { Settings } from '../arguments.ts';
import { checkSchema } from './check-schema.ts';
import { connect } from './connect.ts';
import { databaseUrlWithPassword } from './database-url.ts';

/** 0 where there is no database. */
export async function countTenants(settings: Settings): Promise<number> {
  const databaseUrl = await databaseUrlWithPassword(settings);
  if (databaseUrl === undefined) return 0;
  const client = await connect(databaseUrl);
  try {
    await checkSchema(client);
    const { rows } = await client.query<{ tenants: number }>('select count(*)::int as tenants from tenants');
    return rows[0]?.tenants ?? 0;
  } finally {
    await client.end();
  }
}
