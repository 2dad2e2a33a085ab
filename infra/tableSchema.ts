/**
 * The one table, as plain data: the CDK construct, the local host and the tests' `freshTable()` all read it here,
 * so a test never has to synthesize a template to get the right indexes.
 */
export interface IndexSchema {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** 'ALL', or the attributes copied next to the keys. */
  readonly projection: 'ALL' | readonly string[];
}

// No version: it changes with every edit, and each index that kept it would be written with every edit.
const summary = ['summary', 'ownerId', 'type'] as const;

export const tableSchema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  stream: 'NEW_AND_OLD_IMAGES',
  /** Epoch seconds after which an item may vanish. */
  timeToLive: 'expiresAt',
  indexes: [
    // Lists, first load, export: the whole item, one write unit per KB and change.
    { name: 'byType', partitionKey: 'tp', sortKey: 'id', projection: 'ALL' },
    // What a person owns; a customer's contacts, leads …; one write unit per change of the summary each.
    { name: 'byOwner', partitionKey: 'op', sortKey: 'id', projection: summary },
    { name: 'byParent', partitionKey: 'pp', sortKey: 'id', projection: summary },
    // Sparse: only open work carries `dp`.
    { name: 'byDue', partitionKey: 'dp', sortKey: 'due', projection: summary },
  ] satisfies IndexSchema[],
} as const;

/** The schema as the properties of an `AWS::DynamoDB::Table`, the shape `createTableFromTemplate` reads. */
export function tableProperties(tableName: string): TableProperties {
  const { partitionKey, sortKey, indexes } = tableSchema;
  const names = new Set([partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])]);
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...names].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection:
        index.projection === 'ALL'
          ? { ProjectionType: 'ALL' as const }
          : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.projection] },
    })),
    StreamSpecification: { StreamViewType: tableSchema.stream },
    TimeToLiveSpecification: { AttributeName: tableSchema.timeToLive, Enabled: true },
  };
}

/** The part of CloudFormation's `AWS::DynamoDB::Table` that the local host can deploy. */
export interface TableProperties {
  TableName?: string;
  BillingMode?: 'PAY_PER_REQUEST';
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  KeySchema: KeySchema;
  GlobalSecondaryIndexes?: {
    IndexName: string;
    KeySchema: KeySchema;
    Projection: { ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; NonKeyAttributes?: string[] };
  }[];
  StreamSpecification?: { StreamViewType: 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY' };
  TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
}
type KeySchema = { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];

function keySchema(hash: string, range: string): KeySchema {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
}
