import type { DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../clock.ts';
import type { WireRecord } from './streamClient.ts';

const minuteMs = 60_000;

/**
 * A record as Lambda hands it on. The emulator calls itself `ddblocal` and cuts the time to the minute: the event
 * carries the region and ARN of the template, and the time of the virtual clock, which is never before the write's
 * own minute.
 * @param expired  whether the item was removed by the local TTL sweeper, which the emulator cannot mark
 */
export function toStreamRecord(
  record: WireRecord,
  source: { arn: string; region: string; clock: Clock; offsetMs: number; expired: boolean },
): DynamoDBRecord {
  const minute = record.dynamodb.ApproximateCreationDateTime * 1000;
  const at = Math.min(source.clock.now(), minute + minuteMs - 1 + source.offsetMs);
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion: source.region,
    dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(at / 1000) } as DynamoDBRecord['dynamodb'],
    ...(source.expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
    eventSourceARN: source.arn,
  };
}
