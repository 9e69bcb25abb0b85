// The import rules of ARCHITECTURE.md as data; `npm run check` fails on any import that breaks one.
const room = (name) => `^harness/${name}/`;
const notTests = '\\.test\\.ts$|/testing/|/test-support/';

/** A room that may import only the named rooms of the harness (and, unless `pure`, the outside world). */
function mayImportOnly(name, rooms, { pure = false } = {}) {
  const allowed = [name, ...rooms].map(room).join('|');
  const rules = [
    {
      name: `${name}-imports`,
      comment: `${name} may import ${rooms.length > 0 ? rooms.join(', ') : 'nothing of ours'}`,
      severity: 'error',
      from: { path: room(name), pathNot: notTests },
      to: { path: '^(harness|reference-service|seed|scenarios|bench|\\.ci)/', pathNot: allowed },
    },
  ];
  if (pure) {
    rules.push({
      name: `${name}-is-pure`,
      comment: `${name} has no files, network, clock or processes`,
      severity: 'error',
      from: { path: room(name), pathNot: notTests },
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
}

/** A top-level folder whose contracts are files and HTTP. */
function standsAlone(folder) {
  return {
    name: `${folder}-stands-alone`,
    comment: `${folder} imports no other top-level folder: its contracts are files and HTTP`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: notTests },
    to: { path: '^(harness|reference-service|seed|scenarios|bench|\\.ci)/', pathNot: `^${folder}/` },
  };
}

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^k6' } },
    { name: 'nobody-imports-cli', severity: 'error', from: {}, to: { path: '^harness/cli\\.ts$' } },
    ...mayImportOnly('model', [], { pure: false }),
    ...mayImportOnly('statistics', [], { pure: true }),
    {
      name: 'statistics-imports-nothing',
      severity: 'error',
      from: { path: room('statistics'), pathNot: notTests },
      to: { pathNot: room('statistics') },
    },
    ...mayImportOnly('experiments', ['model'], { pure: true }),
    ...mayImportOnly('claims', ['model', 'statistics'], { pure: true }),
    ...mayImportOnly('gate', ['model'], { pure: true }),
    ...mayImportOnly('baseline', ['model', 'statistics', 'claims'], { pure: true }),
    ...mayImportOnly('history', ['model', 'statistics', 'baseline'], { pure: true }),
    ...mayImportOnly('report', ['model'], { pure: true }),
    ...mayImportOnly('environment', ['model']),
    ...mayImportOnly('measure', ['model']),
    ...mayImportOnly('faults', ['model']),
    ...mayImportOnly('audit', ['model']),
    ...mayImportOnly('inspect', ['model']),
    {
      name: 'inspect-rules-are-pure',
      comment: 'rules judge facts: they have no database, files, network, clock or processes',
      severity: 'error',
      from: { path: '^harness/inspect/rules/', pathNot: notTests },
      to: { path: '^harness/inspect/(catalogue/|read-catalogue)' },
    },
    {
      name: 'inspect-rules-have-no-core',
      comment: 'rules judge facts: they have no database, files, network, clock or processes',
      severity: 'error',
      from: { path: '^harness/inspect/rules/', pathNot: notTests },
      to: { dependencyTypes: ['core'] },
    },
    ...mayImportOnly('builds', ['model', 'environment', 'faults']),
    {
      name: 'store-imports',
      severity: 'error',
      from: { path: '^harness/store', pathNot: notTests },
      to: { path: '^(harness|reference-service|seed|scenarios)/', pathNot: '^harness/(model/|store)' },
    },
    standsAlone('reference-service'),
    standsAlone('seed'),
    standsAlone('scenarios'),
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$' },
      to: { path: '\\.test\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
    moduleSystems: ['es6'],
  },
};
