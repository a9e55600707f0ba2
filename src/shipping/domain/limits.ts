/** Bounds of delivery, with units and reasons. */

/** Active ways of delivery that one country may have: a radio group stays readable. */
export const MAX_DELIVERY_METHODS = 20;
/** Working days in transit: anything slower is a mistake in the row. */
export const MAX_TRANSIT_DAYS = 60;
/** Days a promise may be put off by goods that are not there yet. */
export const MAX_WAIT_DAYS = 366;
