/** What the catalogue of a Postgres database says about tables, policies, roles and grants: read once, judged by pure rules. */

/** A privilege that somebody was given; the grantee null is PUBLIC. */
export interface Grant {
  grantee: string | null;
  privilege: string;
  /** Of that column only; null where it is of the whole object. */
  column: string | null;
}

export interface ColumnFact {
  number: number;
  name: string;
  type: string;
  notNull: boolean;
  /** Of a generated column: none. */
  default: string | null;
}

export interface RelationFact {
  oid: number;
  schema: string;
  name: string;
  kind: 'table' | 'partitioned' | 'view' | 'materialised' | 'foreign';
  owner: string;
  rowSecurity: boolean;
  forced: boolean;
  /** Of a view: its tables are read as whoever asks. */
  securityInvoker: boolean;
  /** Tables that it is a partition or an inheritance child of. */
  parents: number[];
  /** Explicit grants; what the owner has by owning is not among them. */
  grants: Grant[];
  columns: ColumnFact[];
  /** Of a view: the relations that its query names. */
  reads: number[];
}

export type PolicyCommand = 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

export interface PolicyFact {
  relation: number;
  name: string;
  permissive: boolean;
  command: PolicyCommand;
  /** null among them is PUBLIC. */
  roles: (string | null)[];
  using: string | null;
  check: string | null;
  /** User-made functions that the expressions call. */
  functions: number[];
}

export interface IndexFact {
  oid: number;
  relation: number;
  schema: string;
  name: string;
  unique: boolean;
  primary: boolean;
  valid: boolean;
  partial: boolean;
  /** Numbers of the key columns, in order; 0 is an expression. */
  keys: number[];
  definition: string;
  /** The constraint that it serves, if it does. */
  constraint: string | null;
}

export interface ForeignKeyFact {
  name: string;
  relation: number;
  columns: number[];
  target: number;
  targetColumns: number[];
  /** The index of the target that it relies on. */
  targetIndex: number;
  definition: string;
}

export interface FunctionFact {
  oid: number;
  schema: string;
  name: string;
  /** As ALTER ROUTINE wants them. */
  arguments: string;
  owner: string;
  definer: boolean;
  leakproof: boolean;
  returnsTrigger: boolean;
  fixedSearchPath: boolean;
  /** What it computes, where that is the one expression of a function in SQL that does not run as its owner; null: more than that. */
  expression: { parameters: string[]; body: string } | null;
  /** Settings that its body asks for by name, in lower case. */
  settings: string[];
  grants: Grant[];
}

export interface TriggerFact {
  relation: number;
  name: string;
  function: number;
}

export interface RoleFact {
  name: string;
  superuser: boolean;
  bypassRls: boolean;
  /** May read everything that is written, by replication slots and by a copy of the whole server. */
  replication: boolean;
  createRole: boolean;
  login: boolean;
}

/** A rule (CREATE RULE) of a table or view for what is written; the rule that is a view's query is told by the view's `reads`. */
export interface RewriteRuleFact {
  relation: number;
  name: string;
  /** Other relations that it names. */
  touches: number[];
}

export interface MembershipFact {
  role: string;
  member: string;
  /** Has the rights of the role without asking. */
  inherit: boolean;
  /** May become the role. */
  set: boolean;
  /** May give the role to anybody, itself among them. */
  admin: boolean;
}

export interface SchemaFact {
  name: string;
  owner: string;
  grants: Grant[];
}

/** A parameter preset by ALTER ROLE or ALTER DATABASE. */
export interface PresetFact {
  /** null: everyone's. */
  role: string | null;
  /** null: in every database. */
  database: string | null;
  setting: string;
  value: string;
}

export interface PublicationFact {
  name: string;
  allTables: boolean;
  relations: { relation: number; direct: boolean }[];
}

export interface CatalogueFacts {
  /** As server_version_num: 180004. */
  serverVersion: number;
  database: string;
  databaseOwner: string;
  /** What everybody may by default is among them. */
  databaseGrants: Grant[];
  /** Who asked. */
  user: string;
  schemas: SchemaFact[];
  relations: RelationFact[];
  policies: PolicyFact[];
  indexes: IndexFact[];
  foreignKeys: ForeignKeyFact[];
  functions: FunctionFact[];
  triggers: TriggerFact[];
  rewriteRules: RewriteRuleFact[];
  roles: RoleFact[];
  memberships: MembershipFact[];
  presets: PresetFact[];
  publications: PublicationFact[];
}

/** How this database is said to tell its tenants apart. */
export interface InspectParameters {
  tenantColumn: string;
  setting: string;
  /** Application roles by name; empty: found by what they may do. */
  roles: string[];
  /** Only tables of these schemas are judged; empty: of all that are not the system's. */
  schemas: string[];
}
