import { carrierScanSchema, type CarrierScanMessage } from "#fulfilment";
import { recordCarrierScan } from "../../src/fulfilment/app/record-carrier-scan.ts";
import { again, consumeEach, DONE } from "./messages.ts";
import type { FulfilmentPorts } from "./ports.ts";

/** A carrier's scan → the order, the parcel's row, and the parcel's word that it need not be sent again. */
export const consumeCarrierScans = (batch: MessageBatch, ports: FulfilmentPorts): Promise<void> =>
  consumeEach<CarrierScanMessage>(batch, {
    component: "fulfilment.carrier_scans",
    schema: carrierScanSchema,
    async handle(scan, log) {
      const call = { traceparent: scan.traceparent, actor: "system:carrier" };
      const recorded = await recordCarrierScan(scan, ports.shipping, call);
      if (!recorded.ok) return again(recorded.refusal.detail);
      log.info("parcel.scan_recorded", {
        parcelId: scan.parcelId,
        status: scan.status,
        outcome: recorded.value,
      });
      return DONE;
    },
  });
