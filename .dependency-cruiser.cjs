// Who may import whom: docs/architecture.md. Imports only go down.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(lib|functions|bin)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$'] }, to: {} },
    {
      name: 'core-imports-no-package',
      comment: 'The core is pure: it is handed everything.',
      severity: 'error',
      from: { path: '^lib/core/' },
      to: { dependencyTypesNot: ['local', 'core', 'type-only'], pathNot: '^node:crypto$' },
    },
    only(
      'core-knows-only-core',
      '^lib/core/',
      '^lib/core/',
      'Time, places, people, policy and state are handed in.',
    ),
    only(
      'events-know-no-rule',
      '^lib/core/(events|people|places|software)/',
      '^lib/core/(events|people|places|software|[a-z-]+\\.ts$)',
      'What happened does not depend on what is suspicious.',
    ),
    only(
      'config-is-data',
      '^lib/config/',
      '^lib/(config|core)/',
      'The deploy tree and the run tree meet only in data.',
    ),
    only(
      'sources-see-no-detection',
      '^lib/sources/',
      '^lib/(sources|config|core/(events|people|places|[a-z-]+\\.ts$))',
      'A source never sees a detection.',
    ),
    {
      name: 'no-vendor-imports-another',
      severity: 'error',
      from: { path: '^lib/sources/([^/]+)/' },
      to: { path: '^lib/sources/[^/]+/', pathNot: '^lib/sources/$1/' },
    },
    only(
      'exports-know-no-vendor',
      '^lib/exports/',
      '^lib/(exports|core/[a-z-]+\\.ts$)',
      'Reading files knows nothing of what is in them.',
    ),
    only(
      'geo-serves-places',
      '^lib/geo/',
      '^lib/(geo|config|core)/',
      'Databases and lists behind core/places.',
    ),
    only(
      'lists-add-to-catalogues',
      '^lib/lists/',
      '^lib/(lists|core)/',
      'Downloaded lists, made into the core’s catalogues.',
    ),
    only(
      'scan-is-offline',
      '^lib/scan/',
      '^lib/(scan|exports|sources|geo|lists|config|core)/',
      'Reads files; prints nothing, connects nowhere.',
    ),
    only(
      'stores-below-pipeline',
      '^lib/stores/',
      '^lib/(stores|config|core)/',
      'Stores keep; they do not decide.',
    ),
    only(
      'pipeline',
      '^lib/pipeline/',
      '^lib/(pipeline|stores|sources|geo|lists|config|core)/',
      'The use cases.',
    ),
    only(
      'deploy-tree',
      '^(bin/app\\.ts|lib/(stacks|constructs)/)',
      '^(lib/(stacks|constructs|config|core)/|lib/sources/(manifests|manifest|[^/]+/manifest)\\.ts$)',
      'No run-time code in a synth.',
    ),
    {
      name: 'run-tree-has-no-cdk',
      severity: 'error',
      from: { pathNot: '^(bin/app\\.ts|lib/(stacks|constructs)/)' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'functions-never-simulate',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^lib/(simulator|cli|exports)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
