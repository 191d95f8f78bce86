package org.therapost.storage.james.data;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.lib.DomainListContract;
import org.junit.jupiter.api.BeforeEach;
import org.mockito.Mockito;
import org.therapost.storage.TestDatabase;

/** James's own contract of a list of domains. */
class PostgresDomainListContractTest implements DomainListContract {

    private PostgresDomainList domains;

    @BeforeEach
    void create() throws ConfigurationException {
        // Without detection no DNS is asked.
        domains = new PostgresDomainList(Mockito.mock(DNSService.class), TestDatabase.emptied());
        domains.configure(DomainListConfiguration.builder()
                .autoDetect(false)
                .autoDetectIp(false)
                .build());
    }

    @Override
    public DomainList domainList() {
        return domains;
    }
}
