/** Names and texts as they stand in SQL, quoted where Postgres needs it (documentation, "Lexical Structure"). */

/** Key words that may not stand bare as a name of a table, column or role; more quotes than needed do no harm. */
const keyWords = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate
   collation column concurrently constraint create cross current_catalog current_date current_role current_schema
   current_time current_timestamp current_user default deferrable desc distinct do else end except exists false fetch
   for foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral
   leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
   placing primary public references returning right select session_user similar some symmetric system_user table
   tablesample then to trailing true union unique user using values variadic verbose when where window with`.split(
    /\s+/,
  ),
);

export function quoteName(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && (!keyWords.has(name) || name === 'public')) return name;
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** `schema.name`, each quoted where needed. */
export function qualifiedName({ schema, name }: { schema: string; name: string }): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

/** A grantee or a policy's role; null is PUBLIC. A role that is really called public cannot be: the name is reserved. */
export function quoteRole(role: string | null): string {
  return role === null ? 'PUBLIC' : quoteName(role);
}
