// Lints the contract: `node judges/schema-lint.mjs [SCHEMA.graphql]`. Runs the rule sets `schema-recommended` and
// `schema-relay` of graphql-eslint. Where the house differs from a set, the reason stands beside the rule.
import graphqlRules from '@graphql-eslint/eslint-plugin'
import { ESLint } from 'eslint'
import { buildSchema, isNonNullType, isObjectType } from 'graphql'
import { readSchema, schemaPath, verdict } from './support.mjs'

const FINDINGS_SHOWN_PER_RULE = 10

/** Object types that are a part of one other object (`board.viewerCan`): found there and nowhere else, never in a list. */
function partsOfAnObject(schema) {
  const places = new Map()
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const name = String(field.type).replace(/[[\]!]/g, '')
      places.set(name, [...(places.get(name) ?? []), { parent: type.name, type: field.type }])
    }
  }
  const isPart = (uses) =>
    new Set(uses.map((use) => use.parent)).size === 1 && uses.every((use) => isNonNullType(use.type) && isObjectType(use.type.ofType))
  return [...places].filter(([, uses]) => isPart(uses)).map(([name]) => name)
}

const house = {
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        // A page, an entry of a page and an outcome are not objects of their own.
        suffixes: ['Connection', 'Edge', 'Payload'],
        // Neither are a part of an object, a place in a list, a broken rule, a role as it counts in one request, a text cut up
        // for whoever asked, or what was worked out of figures.
        types: [
          ...partsOfAnObject(buildSchema(readSchema())),
          'PageInfo',
          'UserError',
          'ViewerGrant',
          'TextSegment',
          'DifferenceSegment',
          'ResourceVersionDifference',
          'FigureChange',
          'FigureQuartiles',
          'IndicatorGap',
          'IndicatorRanking',
          'IndicatorSeries',
          'ObservationComparison',
          'ObservationTotal',
          'PublishedComparator',
          'PublishedLine',
          'PublishedPoint',
          'PublishedRanking',
          'PublishedSeries',
          'RankedObservation',
          'RankedPublishedFigure',
          'SeriesLine',
          'SeriesPoint',
        ],
      },
    },
  ],
  // A connection has `nodes` beside `edges`, for those who need no cursors.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
  ],
  // What was found is read from the best on. Lists go both ways: the tests of pages ask each of them.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // More than the set asks: every field, argument and value is described, but the arguments of the specification's own
  // directives, which the specification describes.
  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      rootField: true,
      DirectiveDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      ignoredSelectors: ['[type=InputValueDefinition][parent.type=DirectiveDefinition]'],
    },
  ],
}

const sets = ['schema-recommended', 'schema-relay'].map((name) => graphqlRules.configs[`flat/${name}`].rules)
const rules = { ...Object.assign({}, ...sets), ...house }
const eslint = new ESLint({
  cwd: '/',
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ['**/*.graphql'],
      languageOptions: { parser: graphqlRules.parser, parserOptions: { graphQLConfig: { schema: schemaPath } } },
      plugins: { '@graphql-eslint': graphqlRules },
      rules,
    },
  ],
})

const [{ messages }] = await eslint.lintFiles([schemaPath])
const byRule = new Map()
for (const found of messages) byRule.set(found.ruleId, [...(byRule.get(found.ruleId) ?? []), found])
const shown = [...byRule.values()].flatMap((found) => {
  const more = found.length > FINDINGS_SHOWN_PER_RULE ? [`… and ${found.length - FINDINGS_SHOWN_PER_RULE} more of ${found[0].ruleId}`] : []
  return [...found.slice(0, FINDINGS_SHOWN_PER_RULE).map((one) => `schema.graphql:${one.line} ${one.ruleId}: ${one.message}`), ...more]
})
verdict(`${Object.keys(rules).length} rules, ${messages.length} violations`, shown)
