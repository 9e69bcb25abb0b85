/** An application that can become somebody whom policies do not bind. */
import { quoteName } from '../quote.ts';
import { documentation, type Problem, type Rule } from '../rule.ts';
import type { ApplicationRole, Survey } from '../survey.ts';

/** Predefined roles that read or write past tables altogether (documentation, "Predefined Roles"). */
const pastTables = ['pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program'];

export const roleMemberOfPrivileged: Rule = {
  id: 'role-member-of-privileged',
  level: 'error',
  title: 'Application role can become one that policies do not bind',
  why: 'Membership, however many steps long, is a SET ROLE away from a superuser, an exemption or an owner.',
  docs: documentation('role-membership'),
  find: (survey) =>
    survey.applicationRoles.filter(({ superuser }) => !superuser).flatMap((role) => privilegedOf(survey, role)),
};

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
  if (pastTables.includes(name)) return 'reads or writes the server’s files, where no policy holds';
  const owned = [...survey.tables, ...survey.children].find(({ owner }) => owner === name);
  return owned === undefined ? null : `the owner of ${owned.name}`;
}

/** The role’s own memberships by which the other is reached. */
function firstSteps({ facts }: Survey, role: ApplicationRole, target: string): string[] {
  const direct = facts.memberships.filter(({ member, inherit, set }) => member === role.name && (inherit || set));
  return [...new Set(direct.map((membership) => membership.role))].filter((step) => leadsTo(facts, step, target));
}

function leadsTo({ memberships }: Survey['facts'], step: string, target: string): boolean {
  const reached = [step];
  for (const name of reached) {
    for (const { role, member, inherit, set } of memberships) {
      if (member === name && (inherit || set) && !reached.includes(role)) reached.push(role);
    }
  }
  return reached.includes(target);
}
