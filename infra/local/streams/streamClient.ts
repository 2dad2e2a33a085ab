/**
 * The four operations of DynamoDB Streams as plain JSON over HTTP: the SDK would decode the items, and a Lambda event
 * carries them as they are on the wire (binary as base64).
 */
export interface StreamClient {
  findStream(tableName: string): Promise<string>;
  /** Oldest first. */
  listShards(streamArn: string): Promise<Shard[]>;
  /** An iterator behind `after`, or at the oldest record. */
  openShard(streamArn: string, shardId: string, after: string | undefined): Promise<string>;
  /** @returns no `next` when the shard has ended */
  read(iterator: string): Promise<{ records: WireRecord[]; next: string | undefined }>;
}

export interface Shard {
  ShardId: string;
  ParentShardId?: string;
  SequenceNumberRange: { StartingSequenceNumber: string; EndingSequenceNumber?: string };
}

/** A record as the service sends it. */
export interface WireRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Record<string, AttributeValue>;
    NewImage?: Record<string, AttributeValue>;
    OldImage?: Record<string, AttributeValue>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
  userIdentity?: { PrincipalId: string; Type: string };
}

/** `{"S": "text"}` */
type AttributeValue = Record<string, unknown>;

export function createStreamClient(endpoint: string): StreamClient {
  async function call<Answer>(operation: string, body: object): Promise<Answer> {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
        // The emulator looks for a signature's form, not at its value.
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  }

  return {
    async findStream(tableName) {
      const { Streams } = await call<{ Streams: { StreamArn: string }[] }>('ListStreams', { TableName: tableName });
      if (!Streams[0]) throw new Error(`table ${tableName} has no stream`);
      return Streams[0].StreamArn;
    },
    async listShards(StreamArn) {
      const shards: Shard[] = [];
      let ExclusiveStartShardId: string | undefined;
      do {
        const { StreamDescription: page } = await call<{
          StreamDescription: { Shards: Shard[]; LastEvaluatedShardId?: string };
        }>('DescribeStream', { StreamArn, ExclusiveStartShardId });
        shards.push(...page.Shards);
        ExclusiveStartShardId = page.LastEvaluatedShardId;
      } while (ExclusiveStartShardId);
      return shards;
    },
    async openShard(StreamArn, ShardId, after) {
      const { ShardIterator } = await call<{ ShardIterator: string }>('GetShardIterator', {
        StreamArn,
        ShardId,
        ...(after === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
      });
      return ShardIterator;
    },
    async read(ShardIterator) {
      const page = await call<{ Records: WireRecord[]; NextShardIterator?: string }>('GetRecords', {
        ShardIterator,
        Limit: 1000,
      });
      return { records: page.Records, next: page.NextShardIterator };
    },
  };
}
