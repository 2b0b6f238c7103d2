// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NavigationTest {
    private static H5Coro granule() {
        return H5Coro.open(Fixtures.path("sample_granule"));
    }

    @Test
    void listsAGroupAsVariablesAttributesAndGroups() {
        try (H5Coro file = granule()) {
            Listing beam = file.list("/gt1l");
            assertEquals(Set.of("geolocation", "heights"), beam.groups());
            assertTrue(beam.variables().isEmpty());
            assertTrue(beam.attributes().containsKey("atlas_beam_type"), beam.attributes()::toString);
            Listing heights = file.list("gt1l/heights/");
            assertEquals(
                    "(7000, 5)",
                    heights.variables().get("signal_conf_ph").shape().toString());
            assertTrue(heights.groups().isEmpty());
        }
    }

    @Test
    void inspectsLinksAttributesAndWhatADatasetIs() {
        try (H5Coro file = granule()) {
            Inspection dataset = file.inspect("/gt1l/heights/h_ph");
            assertTrue(dataset.links().isEmpty());
            assertTrue(dataset.attributes().containsKey("units"));
            DatasetStorage storage = dataset.metadata().orElseThrow().storage();
            assertEquals(
                    "(2000,)", ((DatasetStorage.Chunked) storage).chunkShape().toString());
            assertEquals(1, dataset.metadata().orElseThrow().filters().get(0).id());
            Inspection group = file.inspect("/gt1l");
            assertEquals(Set.of("geolocation", "heights"), group.links().keySet());
            assertTrue(group.metadata().isEmpty());
        }
    }

    @Test
    void readsAnAttributeByAPathAsIfItWereADataset() {
        try (H5Coro file = granule()) {
            String byName = file.read(DatasetRequest.attribute("/gt1l", "atlas_beam_type"))
                    .getString(0);
            assertEquals(byName, file.read("/gt1l/atlas_beam_type").getString(0));
            assertEquals(
                    byName,
                    file.group("/gt1l")
                            .attribute("atlas_beam_type")
                            .orElseThrow()
                            .read()
                            .getString(0));
        }
    }

    @Test
    void followsAReferenceToItsObject() {
        try (H5Coro file = H5Coro.open(Fixtures.path("datatypes_references_v200"))) {
            int datasets = 0;
            ReferenceArray references = (ReferenceArray) file.read("/object/refs");
            Reference first = references.get(0);
            H5Object referenced = file.dereference(first);
            assertEquals(first.address(), referenced.address());
            for (int i = 0; i < references.length(); i++) {
                if (!references.get(i).isNil() && file.dereference(references.get(i)) instanceof Dataset dataset) {
                    assertEquals(dataset.shape(), dataset.read().shape());
                    datasets++;
                }
            }
            assertTrue(datasets > 0, "a reference leads to a dataset");
            assertThrows(NotFoundException.class, () -> file.dereference(Reference.nil()));
        }
    }

    @Test
    void givesASoftLinkAsALinkAndAsWhatItLeadsTo() {
        try (H5Coro file = H5Coro.open(Fixtures.path("groups_v200"))) {
            List<Link> links = file.group("/soft").links();
            assertTrue(links.stream().anyMatch(Link.Soft.class::isInstance));
            assertThrows(LimitExceededException.class, () -> file.object("/soft/loop1"));
        }
    }

    @Test
    void saysOfAWrongPathWhichComponentIsMissing() {
        try (H5Coro file = granule()) {
            NotFoundException missing = assertThrows(NotFoundException.class, () -> file.object("/gt1l/heigths/h_ph"));
            assertEquals("/gt1l/heigths/h_ph", missing.where().object());
            assertTrue(missing.problem().contains("group /gt1l has no link 'heigths'"), missing.getMessage());
            assertThrows(NotFoundException.class, () -> file.read("/gt1l/heights/h_ph/below"));
            assertThrows(NotFoundException.class, () -> file.dataset("/gt1l"));
            assertThrows(NotFoundException.class, () -> file.group("/gt1l/heights/h_ph"));
        }
    }

    @Test
    void oneWrongRequestFailsAloneAndTheOthersAreRead() {
        try (H5Coro file = granule()) {
            ReadPromise promise = file.readDatasets(List.of(
                    DatasetRequest.of("/nope"),
                    DatasetRequest.parse("/gt1l/heights/h_ph[6999:7001]"),
                    DatasetRequest.parse("/gt1l/heights/h_ph[6999:7000]")));
            assertThrows(NotFoundException.class, () -> promise.get("/nope"));
            assertThrows(SelectionException.class, () -> promise.get("/gt1l/heights/h_ph[6999:7001]"));
            assertEquals(1, promise.get("/gt1l/heights/h_ph[6999:7000]").length());
        }
    }

    @Test
    void anEmptyListOfRequestsIsAnEmptyPromise() {
        try (H5Coro file = granule()) {
            assertTrue(file.readDatasets(List.of()).names().isEmpty());
        }
    }
}
