/**
 * Which modules travel together. Every request costs a round trip, so what is always needed at the same moment is one
 * file; and no page waits for what only others need. A group takes the modules that match and all that they import, as
 * far as no group above it has them already: hence the order in which a member meets them.
 */
const stages: readonly { readonly name: string; readonly roots: RegExp; readonly sharedBy?: number }[] = [
  // What the frame shares with the records, and must not fetch them for.
  { name: 'frame', roots: /\/src\/kernel\/(?:waiting\.svelte|idle)\.ts$/ },
  // Small parts and signs of pages that have nothing else in common: none waits for another's.
  {
    name: 'basics',
    roots:
      /\/@lucide\/svelte\/|\/src\/(?:ui\/(?:Badge|Banner|Checkbox|Field|LogoImage|TextInput)\.svelte|ui\/field\.ts|kernel\/(?:form\.svelte|issues|remote\.svelte)\.ts|workspace\/authChecks\.ts|shell\/(?:Logo|help\/HelpButton)\.svelte)$|\/shared\/(?:kernel\/types|workspace\/logoPath)\.ts$|\/messages\/(?:activities_overdue|workspace_company)\.js$/,
    sharedBy: 2,
  },
  // Record types, their kinds of fields, how they are read and the replica: nearly every page of a member needs them. What the frame itself reads of `shared` is not among them.
  {
    name: 'data',
    roots:
      /\/node_modules\/zod\/|\/src\/kernel\/replica|\/shared\/(?:registry|customers|leads|sales|activities|insight\/(?!figureScopes)|workspace|kernel\/(?:fields|record|schema|filter|customFields|shape|valueLists|diff|order|text|matching))|\/src\/records\/(?:types|fieldOf|values|filters|filterTree|matching|recent|visited)\.ts$/,
    sharedBy: 3,
  },
  // All that somebody sees who is not signed in.
  { name: 'visitor', roots: /\/src\/workspace\/(?:SignIn|SignUp|ForgotPassword|ResetPassword|AcceptInvite)\.svelte$/ },
  { name: 'shell', roots: /\/src\/(?:shell\/Shell|workspace\/Home|ui\/Page)\.svelte$/ },
  // What the frame draws behind the first paint of every page.
  { name: 'bell', roots: /\/src\/.*(?:\/Bell|ReleaseHint)\.svelte$|\/records\/preload\.ts$/ },
  { name: 'tiles', roots: /\/src\/.*Tile\.svelte$/ },
  // Words that several of the pages below share: too small to be fetched by themselves.
  { name: 'words', roots: /\/\.build\/paraglide\/messages\//, sharedBy: 2 },
  // Wanted from any page, but after it shows.
  {
    name: 'later',
    roots: /\/src\/(?:shell\/Palette\.svelte|activities\/LogSheet\.svelte|records\/search(?:Recent|Replica|Server)\.ts)$/,
  },
  // Rules that only the settings know; what lists and pages share must not carry them along.
  { name: 'members', roots: /\/shared\/(?:workspace\/(?:defaultRoles|memberRules)|insight\/digestReaders)\.ts$/, sharedBy: 2 },
  // What lists, forms and pages of records share.
  { name: 'parts', roots: /\/shared\/|\/src\/(?:records|ui)\/[^/]+\.ts$|\/src\/ui\/(?:TextArea|Tabs|Select)\.svelte$/, sharedBy: 2 },
  // What a row shows as well, and the dialog that lists and records open.
  { name: 'value', roots: /\/src\/records\/(?:Value|NextActivityMark|WaitingMark|discussion\/NoteHost)\.svelte$/ },
  { name: 'peek', roots: /\/src\/records\/Peek\.svelte$/ },
  { name: 'form', roots: /\/src\/(?:records\/(?:NewPage|EditPage|fields\/.*)|ui\/Combobox)\.svelte$/ },
  { name: 'table', roots: /\/src\/ui\/DataTable\.svelte$|\/node_modules\/virtua\// },
  { name: 'list', roots: /\/src\/records\/ListPage\.svelte$/ },
  // What domains add to the customer, whose list is opened most.
  { name: 'customer', roots: /\/src\/(?:activities\/work|insight\/churn\/customerChurn|sales\/customer)Extension\.ts$/ },
  { name: 'record', roots: /\/src\/records\/RecordPage\.svelte$/ },
];

/** Before the stages: all that the entry imports. After them: what several pages share, by the pages that use it, small parts with their nearest neighbour. */
export const groups = [
  { name: 'base', tags: ['$initial' as const], priority: 100 },
  ...stages.map(({ name, roots, sharedBy }, i) => ({
    name,
    test: (module: string) => roots.test(module.replaceAll('\\', '/')),
    priority: 90 - i,
    ...(sharedBy === undefined ? {} : { minShareCount: sharedBy }),
  })),
  { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 1_500, priority: 10 },
];
