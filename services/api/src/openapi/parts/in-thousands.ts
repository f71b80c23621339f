/** A whole number with commas between thousands: 1048576 as `1,048,576`. */
export function inThousands(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
