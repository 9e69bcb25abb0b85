/** An application that can become somebody whom policies do not bind. */
import { quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import { gives, reachOf, type ApplicationRole, type Survey } from '../survey.ts';

/** Predefined roles that read or write past tables altogether (documentation, "Predefined Roles"). */
const pastTables = ['pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program'];

export const roleMemberOfPrivileged: Rule = {
  id: 'role-member-of-privileged',
  level: 'error',
  title: 'Application role can become one that policies do not bind',
  why: 'Membership, however many steps long, is a SET ROLE away from a superuser, an exemption or an owner; with ADMIN OPTION a GRANT away.',
  docs: documentation('role-membership'),
  find: (survey) =>
    survey.applicationRoles
      .filter(({ superuser }) => !superuser)
      .flatMap((role) => [...privilegedOf(survey, role), ...creatorOf(survey, role)]),
};

/** Postgres 16 asks for ADMIN OPTION too (its release notes, "Privileges"). */
const CREATEROLE_BOUNDED_SINCE = 160_000;

function creatorOf(survey: Survey, { name, reaches }: ApplicationRole): Problem[] {
  if (survey.facts.serverVersion >= CREATEROLE_BOUNDED_SINCE) return [];
  return reaches
    .filter((reached) => survey.role(reached)?.createRole === true)
    .map((reached) => ({
      object: `${name}.${reached}`,
      what: `${reached === name ? name : `${name}, as ${reached},`} may give itself every role that is no superuser (CREATEROLE)`,
      fix: [`ALTER ROLE ${quoteName(reached)} NOCREATEROLE;`],
    }));
}

function privilegedOf(survey: Survey, role: ApplicationRole): Problem[] {
  return role.reaches.slice(1).flatMap((reached): Problem[] => {
    const kind = privilegeOf(survey, reached);
    if (kind === null) return [];
    return firstSteps(survey, role, reached).map((step) => ({
      object: `${role.name}.${reached}`,
      what: `${role.name} is a member of ${step === reached ? reached : `${step}, and through it of ${reached}`}: ${kind}`,
      fix: [`REVOKE ${quoteName(step)} FROM ${quoteName(role.name)};`],
    }));
  });
}

function privilegeOf(survey: Survey, name: string): string | null {
  const role = survey.role(name);
  if (role?.superuser === true) return 'a superuser';
  if (role?.bypassRls === true) return 'exempt from policies';
  if (role?.replication === true) return 'may read all that is written (REPLICATION)';
  if (pastTables.includes(name)) return 'reads or writes the server’s files, where no policy holds';
  const owned = [...survey.tables, ...survey.children].find(({ owner }) => owner === name);
  return owned === undefined ? null : `the owner of ${owned.name}`;
}

/** The role’s own memberships by which the other is reached. */
function firstSteps({ facts }: Survey, role: ApplicationRole, target: string): string[] {
  const direct = facts.memberships.filter((membership) => membership.member === role.name && gives(membership));
  return [...new Set(direct.map((membership) => membership.role))].filter((step) =>
    reachOf(facts, step).includes(target),
  );
}
