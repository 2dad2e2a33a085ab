import { Duration } from 'aws-cdk-lib/core';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';

/** The one clock of the house: all due work of all tenants hangs on this minute. */
export function scheduleTick(scope: Construct, tick: LambdaFunction): void {
  new Schedule(scope, 'EveryMinute', {
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
    target: new LambdaInvoke(tick, {
      input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
      // What a minute misses the next one finds: due work stays due until it is done.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
    }),
  });
}
