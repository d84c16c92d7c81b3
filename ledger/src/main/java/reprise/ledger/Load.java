package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step that takes long asked of the machine at a moment. It differs each time and is never
 * compared.
 *
 * @param cpu processors kept busy by the kernel's process since the sample before, e.g. 1.5
 * @param gcMillis spent on collecting garbage since the step began
 * @param readBytes from the disk since the step began; null where the system does not say
 * @param writtenBytes to the disk since the step began; null where the system does not say
 * @param gpu share of the busiest one, 0 to 1; null without a GPU
 * @param gpuBytes memory in use on all of them; null without a GPU
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Load(
    Instant at,
    double cpu,
    long heapBytes,
    long gcMillis,
    int threads,
    @Nullable Long readBytes,
    @Nullable Long writtenBytes,
    @Nullable Double gpu,
    @Nullable Long gpuBytes) {}
