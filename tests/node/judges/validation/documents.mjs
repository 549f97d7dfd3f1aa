// Documents for each validation rule of the GraphQL specification, against our own contract: those that break the rule, and
// those that come close to it and are valid. The names are those of graphql-js's rules.

const BOARD = 'board(id: "x")'

export const documents = {
  ExecutableDefinitions: {
    invalid: [
      'query Q { viewer { isSignedIn } } type Cow { name: String }',
      'query Q { viewer { isSignedIn } } extend type Board { colour: String }',
      'query Q { viewer { isSignedIn } } directive @loud on FIELD',
    ],
    valid: ['query Q { viewer { isSignedIn } }', 'query Q { ...F } fragment F on Query { viewer { isSignedIn } }'],
  },
  UniqueOperationNames: {
    invalid: ['query Q { viewer { isSignedIn } } query Q { viewer { isSignedIn } }', 'query Q { viewer { isSignedIn } } mutation Q { boardUpdate(input: {id: "x", expectedVersion: 1}) { board { id } } }'],
    valid: ['query Q { viewer { isSignedIn } } query R { viewer { isSignedIn } }', 'query Q { ...Q } fragment Q on Query { viewer { isSignedIn } }'],
  },
  LoneAnonymousOperation: {
    invalid: ['{ viewer { isSignedIn } } query Q { viewer { isSignedIn } }', '{ viewer { isSignedIn } } { viewer { isSignedIn } }'],
    valid: ['{ viewer { isSignedIn } }', '{ ...F } fragment F on Query { viewer { isSignedIn } }'],
  },
  KnownTypeNames: {
    invalid: [`{ ${BOARD} { ... on Cow { id } } }`, `{ ${BOARD} { ...F } } fragment F on Cow { id }`, `query Q($a: Cow) { ${BOARD} { id } }`, 'query Q($a: [[Cow!]]!) { nodes(ids: $a) { id } }'],
    valid: [`query Q($id: ID!) { board(id: $id) { ... on Board { id } ... { id } } }`],
  },
  FragmentsOnCompositeTypes: {
    invalid: [
      `{ ${BOARD} { ...F } } fragment F on BoardKind { id }`,
      `{ ${BOARD} { ...F } } fragment F on String { length }`,
      `{ ${BOARD} { ... on BoardFilter { kind } } }`,
      `{ ${BOARD} { name { ... on ID { id } } } }`,
    ],
    valid: [`{ node(id: "x") { ... on Board { name } ... on Node { id } } }`],
  },
  VariablesAreInputTypes: {
    invalid: [`query Q($a: Board) { ${BOARD} { id } }`, `query Q($a: [Node!]!) { ${BOARD} { id } }`],
    valid: ['query Q($a: BoardFilter, $b: [BoardKind!]) { boards(filter: $a) { nodes { id } } b: boards(filter: {kind: $b}) { nodes { id } } }'],
  },
  ScalarLeafs: {
    invalid: [`{ ${BOARD} }`, `{ ${BOARD} { name { first } } }`, `{ ${BOARD} { kind { name } } }`, '{ boards { nodes } }', '{ viewer }', '{ nodes(ids: []) }', `{ ${BOARD} { createdAt(format: "x") { year } } }`],
    valid: [`{ ${BOARD} { name kind createdAt } }`, '{ viewer { grants { role } organisations } }'],
  },
  FieldsOnCorrectType: {
    invalid: [
      '{ cows }',
      `{ ${BOARD} { colour } }`,
      `{ ${BOARD} { x: colour } }`,
      `{ node(id: "x") { name } }`,
      `{ ${BOARD} { hostOrganisation { colour } } }`,
      `{ ${BOARD} { ...F } } fragment F on Board { colour }`,
      `{ ${BOARD} { ... { colour } } }`,
      `{ ${BOARD} { __schema { description } } }`,
      'mutation M { board(id: "x") { id } }',
      '{ boards { __typename nodes { __typenames } } }',
    ],
    valid: [`{ ${BOARD} { __typename } __typename }`, '{ node(id: "x") { __typename id } }', '{ __schema { queryType { name } } __type(name: "Board") { name } }'],
  },
  UniqueFragmentNames: {
    invalid: [`{ ${BOARD} { ...F } } fragment F on Board { id } fragment F on Board { name }`],
    valid: [`{ ${BOARD} { ...F ...G } } fragment F on Board { id } fragment G on Board { name }`],
  },
  KnownFragmentNames: {
    invalid: [`{ ${BOARD} { ...Missing } }`, `{ ${BOARD} { ...F } } fragment F on Board { ...Missing }`],
    valid: [`{ ${BOARD} { ...F ...F } } fragment F on Board { id }`],
  },
  NoUnusedFragments: {
    invalid: [`{ ${BOARD} { id } } fragment F on Board { id }`, `{ ${BOARD} { id } } fragment F on Board { ...G } fragment G on Board { ...H } fragment H on Board { id }`],
    valid: [`query A { ${BOARD} { ...F } } query B { ${BOARD} { ...G } } fragment F on Board { id } fragment G on Board { name }`],
  },
  PossibleFragmentSpreads: {
    invalid: [
      `{ ${BOARD} { ... on Organisation { name } } }`,
      `{ ${BOARD} { ...F } } fragment F on Organisation { name }`,
      '{ viewer { ... on Node { id } } }',
      '{ viewer { ... on Query { viewer { isSignedIn } } } }',
      `{ node(id: "x") { ... on BoardConnection { totalCount } } }`,
    ],
    valid: [`{ ${BOARD} { ... on Node { ... on Board { name } } } }`, '{ node(id: "x") { ... on Board { name } ... on Organisation { name } } }', '{ viewer { ... on Viewer { isSignedIn } } }'],
  },
  NoFragmentCycles: {
    invalid: [
      `{ ${BOARD} { ...F } } fragment F on Board { ...F }`,
      `{ ${BOARD} { ...F } } fragment F on Board { ...G } fragment G on Board { ...F }`,
      `{ ${BOARD} { ...F } } fragment F on Board { hostOrganisation { ...G } } fragment G on Organisation { parent { ...G } }`,
      `{ ${BOARD} { ...F } } fragment F on Board { ... on Board { ...G } } fragment G on Board { ...H } fragment H on Board { ...G id }`,
    ],
    valid: [`{ ${BOARD} { ...F ...G } } fragment F on Board { ...G } fragment G on Board { id }`],
  },
  UniqueVariableNames: {
    invalid: ['query Q($a: ID!, $a: ID!) { board(id: $a) { id } }', 'query Q($a: ID!, $b: Int, $a: String) { board(id: $a) { id } boards(first: $b) { totalCount } }'],
    valid: ['query Q($a: ID!) { board(id: $a) { id } } query R($a: ID!) { board(id: $a) { id } }'],
  },
  NoUndefinedVariables: {
    invalid: [
      '{ board(id: $a) { id } }',
      'query Q($a: ID!) { board(id: $a) { id } organisation(id: $b) { id } }',
      'query Q { ...F } fragment F on Query { board(id: $a) { id } }',
      'query Q($a: ID!) { ...F } query R { ...F } fragment F on Query { board(id: $a) { id } }',
      'query Q { boards(filter: {kind: [$a]}) { totalCount } }',
      `query Q { ${BOARD} @include(if: $a) { id } }`,
    ],
    valid: ['query Q($a: ID!) { ...F } query R($a: ID!) { ...F } fragment F on Query { board(id: $a) { id } }'],
  },
  NoUnusedVariables: {
    invalid: [`query Q($a: Int) { ${BOARD} { id } }`, 'query Q($a: ID!, $b: ID!) { board(id: $a) { id } }', 'query Q($a: ID!) { ...F } query R($a: ID!) { viewer { isSignedIn } } fragment F on Query { board(id: $a) { id } }'],
    valid: ['query Q($a: Boolean!) { viewer @skip(if: $a) { isSignedIn } }', 'query Q($a: [BoardKind!]) { boards(filter: {kind: $a}) { totalCount } }'],
  },
  KnownDirectives: {
    invalid: [
      `{ ${BOARD} @loud { id } }`,
      `query Q @include(if: true) { ${BOARD} { id } }`,
      `{ ${BOARD} { ...F } } fragment F on Board @skip(if: true) { id }`,
      `query Q($a: ID! @deprecated) { board(id: $a) { id } }`,
      `{ ${BOARD} { name @deprecated } }`,
    ],
    valid: [`{ ${BOARD} @include(if: true) { ...F @skip(if: false) ... @include(if: true) { name } } } fragment F on Board { id }`],
  },
  UniqueDirectivesPerLocation: {
    invalid: [`{ ${BOARD} @skip(if: true) @skip(if: true) { id } }`, `{ ${BOARD} { ... @include(if: true) @include(if: false) { id } } }`],
    valid: [`{ ${BOARD} @skip(if: false) @include(if: true) { id } }`],
  },
  KnownArgumentNames: {
    invalid: [`{ board(id: "x", colour: "red") { id } }`, `{ ${BOARD} { name(upper: true) } }`, `{ ${BOARD} @skip(if: true, unless: false) { id } }`, `{ ${BOARD} { memberships(fist: 1) { totalCount } } }`, `{ ${BOARD} { ...F } } fragment F on Board { seats(size: 1) { totalCount } }`],
    valid: [`{ ${BOARD} { memberships(first: 1, after: null) { totalCount } } }`],
  },
  UniqueArgumentNames: {
    invalid: ['{ board(id: "x", id: "x") { id } }', `{ ${BOARD} @skip(if: true, if: true) { id } }`],
    valid: ['{ a: board(id: "x") { id } b: board(id: "x") { id } }'],
  },
  ValuesOfCorrectType: {
    invalid: [
      '{ board(id: true) { id } }',
      '{ board(id: 1.5) { id } }',
      '{ board(id: null) { id } }',
      '{ board(id: ["x"]) { id } }',
      '{ boards(first: "1") { totalCount } }',
      '{ boards(first: 1.0) { totalCount } }',
      '{ boards(first: 2147483648) { totalCount } }',
      '{ boards(filter: {kind: "COMMISSION"}) { totalCount } }',
      '{ boards(filter: {kind: COMMITTEE}) { totalCount } }',
      '{ boards(filter: {kind: [COMMISSION, null]}) { totalCount } }',
      '{ boards(filter: {colour: "red"}) { totalCount } }',
      '{ boards(filter: COMMISSION) { totalCount } }',
      '{ boards(orderBy: {direction: ASC}) { totalCount } }',
      '{ boards(orderBy: {field: NAME, direction: null}) { totalCount } }',
      '{ nodes(ids: [1, null]) { id } }',
      'query Q($a: Int = "1") { boards(first: $a) { totalCount } }',
      'query Q($a: BoardOrder = {direction: ASC}) { boards(orderBy: $a) { totalCount } }',
      `{ ${BOARD} @skip(if: "true") { id } }`,
      'mutation M { boardUpdate(input: {id: "x"}) { board { id } } }',
      'mutation M { boardUpdate(input: {id: "x", expectedVersion: "1"}) { board { id } } }',
    ],
    valid: [
      '{ board(id: 7) { id } }',
      '{ boards(first: null, filter: null) { totalCount } }',
      '{ boards(filter: {kind: COMMISSION}) { totalCount } }',
      '{ boards(filter: {kind: [COMMISSION, REFERENCE_GROUP], nameContains: null}) { totalCount } }',
      '{ nodes(ids: "x") { id } }',
      'query Q($a: Int = 1, $b: BoardOrder = {field: NAME}) { boards(first: $a, orderBy: $b) { totalCount } }',
      'mutation M { boardUpdate(input: {id: "x", expectedVersion: 1, purpose: null}) { board { id } } }',
      'mutation M { boardUpdate(input: {id: "x", expectedVersion: 1, purpose: """a "block" of text"""}) { board { id } } }',
    ],
  },
  ProvidedRequiredArguments: {
    invalid: ['{ board { id } }', '{ nodes { id } }', `{ ${BOARD} @skip { id } }`, `{ ${BOARD} { ... @include { id } } }`, 'mutation M { boardUpdate { board { id } } }'],
    valid: ['{ boards { totalCount } }'],
  },
  VariablesInAllowedPosition: {
    invalid: [
      'query Q($a: ID) { board(id: $a) { id } }',
      'query Q($a: String!) { board(id: $a) { id } }',
      'query Q($a: [ID]!) { nodes(ids: $a) { id } }',
      'query Q($a: ID!) { nodes(ids: $a) { id } }',
      'query Q($a: Boolean) { viewer @skip(if: $a) { isSignedIn } }',
      'query Q($a: BoardKind) { boards(filter: {kind: [$a]}) { totalCount } }',
      'query Q($a: Int) { ...F } fragment F on Query { board(id: "x") { seats(after: $a) { totalCount } } }',
      'query Q($a: ID) { nodes(ids: [$a]) { id } }',
      'query Q($a: ID) { ...F } fragment F on Query { nodes(ids: [$a]) { id } }',
      'query Q($a: String) { nodes(ids: [$a]) { id } }',
      'query Q($a: [ID!]) { nodes(ids: [$a]) { id } }',
      'query Q($a: BoardOrderField) { boards(orderBy: {field: $a}) { totalCount } }',
      'query Q($a: [BoardKind]) { boards(filter: {kind: $a}) { totalCount } }',
      'mutation M($a: Int) { boardUpdate(input: {id: "x", expectedVersion: $a}) { board { id } } }',
    ],
    valid: [
      'query Q($a: ID! = "x") { board(id: $a) { id } }',
      'query Q($a: ID = "x") { board(id: $a) { id } }',
      'query Q($a: Boolean = false) { viewer @skip(if: $a) { isSignedIn } }',
      'query Q($a: OrderDirection = null) { boards(orderBy: {field: NAME, direction: $a}) { totalCount } }',
      'query Q($a: OrderDirection) { boards(orderBy: {field: NAME, direction: $a}) { totalCount } }',
      'query Q($a: Int!) { boards(first: $a) { totalCount } }',
      'query Q($a: [ID!]!) { nodes(ids: $a) { id } }',
      'query Q($a: ID!) { nodes(ids: [$a]) { id } }',
      'query Q($a: ID = "x") { nodes(ids: [$a]) { id } }',
      'query Q($a: BoardOrderField!) { boards(orderBy: {field: $a}) { totalCount } }',
    ],
  },
  OverlappingFieldsCanBeMerged: {
    invalid: [
      `{ ${BOARD} { x: name x: purpose } }`,
      '{ board(id: "x") { id } board(id: "y") { id } }',
      `{ ${BOARD} { seats(first: 1) { totalCount } seats(first: 2) { totalCount } } }`,
      `{ ${BOARD} { seats { totalCount } seats(first: 2) { totalCount } } }`,
      `{ ${BOARD} { ...F ...G } } fragment F on Board { x: name } fragment G on Board { x: purpose }`,
      `{ ${BOARD} { hostOrganisation { x: name } hostOrganisation { x: kind } } }`,
      `{ ${BOARD} { ...F ...G } } fragment F on Board { hostOrganisation { parent { x: name } } } fragment G on Board { hostOrganisation { ...H } } fragment H on Organisation { parent { x: kind } }`,
      '{ node(id: "x") { ... on Board { x: name } ... on Organisation { x: kind } } }',
      '{ node(id: "x") { ... on Board { x: version } ... on Organisation { x: closedOn } } }',
      '{ node(id: "x") { ... on Board { x: purpose } ... on Organisation { x: name } } }',
      '{ node(id: "x") { ... on Board { x: seats { nodes { y: label } } } ... on Geography { x: sites { nodes { y: beds } } } } }',
      'query Q($a: ID!, $b: ID!) { board(id: $a) { id } board(id: $b) { id } }',
    ],
    valid: [
      `{ ${BOARD} { name name } ${BOARD} { id } }`,
      '{ a: board(id: "x") { id } b: board(id: "y") { id } }',
      '{ node(id: "x") { ... on Board { x: name } ... on Organisation { x: name } } }',
      '{ node(id: "x") { ... on Board { seats(first: 1) { totalCount } } ... on Constituency { seats(first: 2) { totalCount } } } }',
      'query Q($a: ID!) { board(id: $a) { id } board(id: $a) { name } }',
      `{ ${BOARD} { name @include(if: true) name @skip(if: true) } }`,
    ],
  },
  UniqueInputFieldNames: {
    invalid: [
      '{ boards(filter: {nameContains: "a", nameContains: "b"}) { totalCount } }',
      'query Q($a: BoardFilter = {nameContains: "a", nameContains: "b"}) { boards(filter: $a) { totalCount } }',
      'mutation M { boardUpdate(input: {id: "x", id: "y", expectedVersion: 1}) { board { id } } }',
    ],
    valid: ['{ boards(filter: {nameContains: "a", status: ACTIVE}) { totalCount } }'],
  },
}

/** Texts that no parser may accept, and some that every parser must. */
export const syntax = {
  invalid: ['', '{', '{ }', '{ viewer { isSignedIn }', 'query { viewer { } }', '{ board(id: ) { id } }', '{ board(id: "x) { id } }', '{ boards(first: 01) { totalCount } }', '{ boards(first: 1x) { totalCount } }', 'fragment on on Board { id }', '{ ... on }', 'query Q() { viewer { isSignedIn } }', '{ board(id: "\\q") { id } }', '{ board(id: {a: $x y}) { id } }', '{ viewer { isSignedIn } } ?', 'query Q($a: ID! = $b) { board(id: $a) { id } }', '{ board(id id: "x") { id } }', '{ board(id: "x" name) { id } }', '{ viewer @skip(if: true true) { isSignedIn } }', '{ boards(filter: {nameContains kind: COMMISSION}) { totalCount } }', 'mutation M { boardUpdate(input: {id: "x", expectedVersion: 1, purpose}) { board { id } } }'],
  valid: ['\uFEFF{ viewer { isSignedIn } }', '{ # a remark\n viewer, { isSignedIn, } }', '{ board(id: "\\u0041\\n\\"") { id } }', '{ board(id: """\n  a\n    b\n""") { id } }', '{ board(id: "\\u{1F600}") { id } }', 'query query { viewer { fragment: isSignedIn } }'],
}

/** Valid by the specification of September 2025; our parser does not know it yet, and says so by a syntax error. */
export const notYet = ['"What the page needs." query Q { viewer { isSignedIn } }', '{ ...F } "Who asks." fragment F on Query { viewer { isSignedIn } }']
