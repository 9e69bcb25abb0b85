/** The external programs that signoff runs: which versions it accepts, where it may come from, and how each is checked. */

export const toolNames = ['k6', 'vault', 'redis', 'postgres'] as const;
export type ToolName = (typeof toolNames)[number];

/** One place that was looked at for a tool, and what came of it. */
export interface Attempt {
  source: 'variable' | 'cache' | 'path' | 'package' | 'build' | 'distribution';
  /** Of the program, or of what would have made it; null where there is nothing to name. */
  path: string | null;
  ok: boolean;
  reason: string;
}

export interface LocatedTool {
  tool: ToolName;
  /** The program; for Postgres the folder of its programs. */
  path: string;
  version: string;
  source: Attempt['source'];
  attempts: Attempt[];
}

export type Toolset = Record<ToolName, LocatedTool>;

export interface ToolDefinition {
  name: ToolName;
  title: string;
  /** Names the program (for Postgres: the folder of its programs). */
  variable: string;
  /** Program names that PATH is searched for. */
  programs: string[];
  versionArguments: string[];
  /** First group: the version. */
  versionPattern: RegExp;
  /** Smallest accepted version, and the first that is not accepted any more. */
  atLeast: string;
  below: string;
  why: string;
  /** The Go module in tools/ that builds it; null: it is not built. */
  build: GoBuild | null;
}

export interface GoBuild {
  /** Pinned by tools/NAME/go.mod. */
  version: string;
  /** Folder below tools/. */
  module: string;
  package: string;
  tags: string[];
  /** On two cores with an empty cache, as measured. */
  usualMs: number;
  /** Of sources and objects that Go keeps, with an empty cache. */
  diskBytes: number;
}

const GIGABYTE = 1024 ** 3;

export const toolDefinitions: Record<ToolName, ToolDefinition> = {
  k6: {
    name: 'k6',
    title: 'k6',
    variable: 'SIGNOFF_K6',
    programs: ['k6'],
    versionArguments: ['version'],
    versionPattern: /\bk6(?:\.exe)? v(\d+\.\d+\.\d+)/,
    atLeast: '2.2.0',
    below: '3.0.0',
    why: 'generates the load',
    build: {
      version: '2.2.0',
      module: 'k6',
      package: 'go.k6.io/k6/v2',
      tags: [],
      usualMs: 100_000,
      diskBytes: 1.5 * GIGABYTE,
    },
  },
  vault: {
    name: 'vault',
    title: 'HashiCorp Vault',
    variable: 'SIGNOFF_VAULT',
    programs: ['vault'],
    versionArguments: ['version'],
    versionPattern: /\bVault v(\d+\.\d+\.\d+)/,
    atLeast: '1.21.0',
    below: '2.0.0',
    why: 'keeps keys and broker credentials of the system under test',
    build: {
      version: '1.21.2',
      module: 'vault',
      package: 'github.com/hashicorp/vault',
      // Without the cloud plug-ins, which nothing here uses and which double the build.
      tags: ['minimal'],
      usualMs: 350_000,
      diskBytes: 6 * GIGABYTE,
    },
  },
  redis: {
    name: 'redis',
    title: 'Redis or Valkey',
    variable: 'SIGNOFF_REDIS',
    programs: ['redis-server', 'valkey-server'],
    versionArguments: ['--version'],
    versionPattern: /\bv=(\d+\.\d+\.\d+)/,
    // Selectors and key permissions of ACLs as the service's template uses them came with 7.0.
    atLeast: '7.0.0',
    below: '100.0.0',
    why: 'caches quotes and exposure and keeps revoked sessions in the system under test',
    build: null,
  },
  postgres: {
    name: 'postgres',
    title: 'Postgres',
    variable: 'SIGNOFF_POSTGRES_BIN',
    programs: ['postgres', 'initdb'],
    versionArguments: ['--version'],
    versionPattern: /\(PostgreSQL\) (\d+\.\d+)/,
    // The builtin locale provider, which makes sorting the same on every machine, came with 17.
    atLeast: '17.0',
    below: '100.0',
    why: 'is the database of the system under test',
    build: null,
  },
};
