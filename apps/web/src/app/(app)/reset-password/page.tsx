import type { Metadata } from 'next';
import { ResetPassword } from '../../../account/reset-password';

export const metadata: Metadata = {
  title: 'New password',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default function ResetPasswordPage() {
  return <ResetPassword />;
}
