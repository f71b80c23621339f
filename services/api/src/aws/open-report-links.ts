import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { jobFileKey } from '@weir/dynamodb/jobs';
import { reportFileKey } from '@weir/dynamodb/reports';
import type { ReportLinks } from '../reports/links/report-links.ts';

/** Signs links of files in the bucket of reports. It does not call AWS. */
export function openReportLinks({ bucket: Bucket, expiresInSeconds: expiresIn }: ReportLinksAccess): ReportLinks {
  const client = new S3Client({});
  const signKey = (Key: string) => getSignedUrl(client, new GetObjectCommand({ Bucket, Key }), { expiresIn });
  return {
    sign: (report, revision, file) => signKey(reportFileKey(report, revision, file)),
    signJob: (job, file) => signKey(jobFileKey(job, file)),
    signAudit: ({ file }) => signKey(file),
  };
}

/** The bucket, and how long a link is valid. */
export interface ReportLinksAccess {
  readonly bucket: string;
  readonly expiresInSeconds: number;
}
