/** An application that may make objects of its own among the tables. */
import { quoteName, quoteRole } from '../quote.ts';
import { documentation, type Rule } from '../rule.ts';
import { grantsTo } from '../survey.ts';

export const roleMayCreate: Rule = {
  id: 'role-may-create',
  level: 'warn',
  title: 'Application role may create objects',
  why: 'What it creates it owns, without policies; and a function or operator of the right name and type is called instead of the one that was meant.',
  docs: documentation('ddl-schemas#DDL-SCHEMAS-PATTERNS'),
  find: ({ applicationRoles, facts, tables }) => {
    const used = facts.schemas.filter(({ name }) => tables.some(({ schema }) => schema === name));
    return used.flatMap(({ name, grants }) => {
      const creating = applicationRoles.flatMap((role) => grantsTo(role, grants, 'CREATE'));
      return [...new Set(creating.map(({ grantee }) => grantee))].map((grantee) => ({
        object: `${quoteName(name)}.${quoteRole(grantee)}`,
        what: `${quoteRole(grantee)} may create in schema ${name}`,
        fix: [`REVOKE CREATE ON SCHEMA ${quoteName(name)} FROM ${quoteRole(grantee)};`],
      }));
    });
  },
};
