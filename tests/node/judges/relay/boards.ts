// What a Relay client of co-production boards asks for. Compiled by relay-client.mjs, never run.
import { graphql } from 'relay-runtime'

graphql`
  query boardsPageQuery($first: Int!, $after: String, $filter: BoardFilter) {
    viewer {
      isSignedIn
      ...boardsViewerFragment
    }
    ...boardsListFragment @arguments(first: $first, after: $after, filter: $filter)
  }
`

graphql`
  fragment boardsViewerFragment on Viewer @refetchable(queryName: "boardsViewerRefetchQuery") {
    person {
      id
      displayName
    }
    actingOrganisation {
      ...boardsOrganisationFragment
    }
    grants {
      role
      scopeType
      scopeId
    }
  }
`

graphql`
  fragment boardsListFragment on Query
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 20 }
    after: { type: "String" }
    filter: { type: "BoardFilter" }
    orderBy: { type: "BoardOrder", defaultValue: { field: NAME, direction: ASC } }
  )
  @refetchable(queryName: "boardsListPaginationQuery") {
    boards(first: $first, after: $after, filter: $filter, orderBy: $orderBy)
      @connection(key: "boardsListFragment_boards", filters: ["filter", "orderBy"]) {
      totalCount
      edges {
        cursor
        node {
          ...boardsBoardFragment
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`

graphql`
  fragment boardsBoardFragment on Board
  @argumentDefinitions(members: { type: "Int", defaultValue: 10 }, after: { type: "String" })
  @refetchable(queryName: "boardsBoardRefetchQuery") {
    id
    name
    kind
    status
    version
    hostOrganisation {
      ...boardsOrganisationFragment
    }
    memberships(first: $members, after: $after, filter: { stage: [ACTIVE, ON_LEAVE] })
      @connection(key: "boardsBoardFragment_memberships") {
      edges {
        node {
          ...boardsMembershipFragment
        }
      }
    }
    ...boardsSeatsFragment
  }
`

graphql`
  fragment boardsSeatsFragment on Board
  @argumentDefinitions(seatsFirst: { type: "Int", defaultValue: 50 }, seatsAfter: { type: "String" })
  @refetchable(queryName: "boardsSeatsPaginationQuery") {
    seats(first: $seatsFirst, after: $seatsAfter) @connection(key: "boardsSeatsFragment_seats") {
      edges {
        node {
          label
          kind
          voting
          constituency {
            label
          }
        }
      }
    }
  }
`

graphql`
  fragment boardsMembershipFragment on BoardMembership @refetchable(queryName: "boardsMembershipRefetchQuery") {
    stage
    fromOn
    toOn
    person {
      displayName
    }
    path {
      visibility
      motivation
    }
  }
`

graphql`
  fragment boardsOrganisationFragment on Organisation {
    id
    name
    kind
  }
`

// Backwards, from the end of a list.
graphql`
  fragment boardsHistoryFragment on Board
  @argumentDefinitions(last: { type: "Int", defaultValue: 10 }, before: { type: "String" })
  @refetchable(queryName: "boardsHistoryPaginationQuery") {
    history(last: $last, before: $before, orderBy: { field: CHANGED_AT }) @connection(key: "boardsHistoryFragment_history") {
      edges {
        node {
          changedAt
          fromStage
          toStage
        }
      }
    }
  }
`

graphql`
  query boardsNodeQuery($id: ID!, $ids: [ID!]!) {
    node(id: $id) {
      __typename
      id
      ... on Board @alias(as: "board") {
        ...boardsBoardFragment
        ...boardsHistoryFragment
      }
      ... on BoardMembership @alias(as: "membership") {
        ...boardsMembershipFragment
      }
    }
    nodes(ids: $ids) {
      id
      ... on Organisation @alias(as: "organisation") {
        ...boardsOrganisationFragment
      }
    }
  }
`

graphql`
  mutation boardsCreateMutation($input: BoardCreateInput!, $connections: [ID!]!) {
    boardCreate(input: $input) {
      board @appendNode(connections: $connections, edgeTypeName: "BoardEdge") {
        ...boardsBoardFragment
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`

graphql`
  mutation boardsUpdateMutation($input: BoardUpdateInput!) {
    boardUpdate(input: $input) {
      board {
        ...boardsBoardFragment
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`
