/**
 * vCenter and ESXi as a source, over what they offer by HTTPS alone.
 *
 * <p>The way through: {@link dev.drover.importers.vsphere.VsphereSourceProvider} reads the options
 * and the credentials, {@code Session} logs in over a {@code SoapClient}, whose answers {@code
 * AnswerReader} turns into yavijava's types; {@code Collector} reads properties page by page;
 * {@code Surroundings} knows hosts, folders and networks; {@code VmReader} turns the properties of
 * one VM into a {@link dev.drover.mappings.model.SourceVm}.
 *
 * <p>Of yavijava only the types, the stub and the marshaller of requests are used: its transport
 * shares TLS settings between connections and waits for ever, and its parser ends at the first
 * field it does not know.
 */
@NullMarked
package dev.drover.importers.vsphere;

import org.jspecify.annotations.NullMarked;
