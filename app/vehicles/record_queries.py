"""What does not fit together in the run record, as the database is asked for it."""

from app.vehicles.trip_values import DOUBTFUL_DRIVE_KM

MOST_OF_A_KIND = 5_000
"""So many are looked at, the newest first: nobody works through more at once."""
OF_SECOND_DRIVER = 'alcohol_check WHERE trip = trips.id AND driver = second.value'
OF_FIRST_DRIVER = """
    alcohol_check WHERE trip = trips.id AND driver NOT IN (SELECT value FROM json_each(second_drivers))
"""
NOT_FITTING = f"""
    SELECT recent.*, vehicle.plate FROM (
        SELECT trips.*,
               EXISTS (SELECT 1 FROM {OF_FIRST_DRIVER} AND phase = 'before') AS is_checked_before,
               EXISTS (SELECT 1 FROM {OF_FIRST_DRIVER} AND phase = 'after') AS is_checked_after,
               json_array_length(second_drivers) AS second_count,
               (SELECT count(*) FROM json_each(second_drivers) AS second
                WHERE NOT EXISTS (SELECT 1 FROM {OF_SECOND_DRIVER} AND phase = 'before') OR (returned_at IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM {OF_SECOND_DRIVER} AND phase = 'after'))) AS unchecked
        FROM (
            SELECT id, vehicle, second_drivers, out_at, due_at, returned_at, odometer_out, odometer_in,
                   LAG(id) OVER car AS id_before, LAG(returned_at) OVER car AS returned_before,
                   LAG(odometer_in) OVER car AS odometer_before
            FROM trip WHERE out_at >= ? AND out_at < ? WINDOW car AS (PARTITION BY vehicle ORDER BY out_at, id)
        ) AS trips WHERE out_at >= ?
    ) AS recent JOIN vehicle ON vehicle.id = recent.vehicle
    WHERE odometer_out <> odometer_before OR odometer_in NOT BETWEEN odometer_out AND odometer_out + {DOUBTFUL_DRIVE_KM}
       OR NOT is_checked_before OR unchecked OR (returned_at IS NOT NULL AND NOT is_checked_after)
       OR (id_before IS NOT NULL AND (returned_before IS NULL OR returned_before > out_at))
    ORDER BY out_at DESC LIMIT {MOST_OF_A_KIND}
"""  # noqa: S608 - our own numbers
STILL_OUT = """
    SELECT trip.id, vehicle, plate, out_at, due_at FROM trip JOIN vehicle ON vehicle.id = trip.vehicle
    WHERE returned_at IS NULL AND (due_at < ? OR (due_at IS NULL AND out_at < ?))
"""
LONE_RETURNS = f"""
    SELECT lone_return.id, vehicle, plate, lone_return.odometer, returned_at AS out_at, NULL AS due_at,
           trip, recorded_for
    FROM lone_return JOIN vehicle ON vehicle.id = lone_return.vehicle
    WHERE (trip IS NULL OR recorded_for IS NOT NULL) AND returned_at >= ? AND returned_at < ?
    ORDER BY returned_at DESC LIMIT {MOST_OF_A_KIND}
"""  # noqa: S608 - our own number
NOT_TAKEN = f"""
    SELECT reservation.key AS id, start AS out_at, reservation."end" AS due_at, vehicle.id AS vehicle, plate
    FROM reservation JOIN vehicle ON vehicle.facility = reservation.facility AND vehicle.retired_at IS NULL
    WHERE reservation.facility <> '' AND gone_at IS NULL AND start >= ? AND reservation."end" < ?
      AND NOT EXISTS (SELECT 1 FROM trip WHERE trip.reservation = reservation.key)
    ORDER BY start DESC LIMIT {MOST_OF_A_KIND}
"""  # noqa: S608 - our own number
