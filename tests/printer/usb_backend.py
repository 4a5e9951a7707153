"""A USB bus with one printer on it: pyusb's backend interface, in front of the virtual printer."""

import errno
import queue
from array import array
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from devices.printer.virtual.core import PrinterCore

VENDOR, PRODUCT = 0x04B8, 0x0E28
_OUT, _IN, _BULK, _PACKET = 0x01, 0x82, 2, 512


class UsbEndpoint:
    """Carries the virtual printer's bytes; unplugged and plugged in again by `drop`."""

    uri = f"usb:{VENDOR:04x}:{PRODUCT:04x}"

    def __init__(self, core: PrinterCore) -> None:
        self.core = core
        self.backend = UsbBackend(self)
        self.host: UsbHost | None = None

    def start(self) -> None: ...

    def stop(self) -> None:
        self.core.drop()


class UsbHost:
    def __init__(self) -> None:
        self.outgoing: queue.Queue[bytes] = queue.Queue()
        self.pulled = False

    def send(self, data: bytes) -> None:
        self.outgoing.put(data)

    def drop(self) -> None:
        self.pulled = True


class UsbBackend(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    def __init__(self, endpoint: UsbEndpoint) -> None:
        super().__init__()
        self._endpoint = endpoint

    def enumerate_devices(self) -> Iterator[str]:
        yield "printer"

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=VENDOR,
            idProduct=PRODUCT,
            bcdDevice=0x0100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=0,
            bNumConfigurations=1,
            address=1,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=3,
        )

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=[],
        )

    def get_interface_descriptor(
        self, dev: str, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        if intf or alt:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=2,
            bInterfaceClass=7,
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(
        self, dev: str, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(_OUT, _IN)[ep],
            bmAttributes=_BULK,
            wMaxPacketSize=_PACKET,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def open_device(self, dev: str) -> UsbHost:
        host = UsbHost()
        self._endpoint.core.connect(host)
        return host

    def close_device(self, dev_handle: UsbHost) -> None:
        self._endpoint.core.disconnect(dev_handle)

    def set_configuration(self, dev_handle: UsbHost, config_value: int) -> None: ...

    def get_configuration(self, dev_handle: UsbHost) -> int:
        return 1

    def claim_interface(self, dev_handle: UsbHost, intf: int) -> None: ...

    def release_interface(self, dev_handle: UsbHost, intf: int) -> None: ...

    def reset_device(self, dev_handle: UsbHost) -> None: ...

    def is_kernel_driver_active(self, dev_handle: UsbHost, intf: int) -> bool:
        return False

    def bulk_write(self, dev_handle: UsbHost, ep: int, intf: int, data: Any, timeout: int) -> int:
        _check(dev_handle)
        if not self._endpoint.core.receive(dev_handle, bytes(data), timeout / 1000):
            _check(dev_handle)
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        return len(data)

    def bulk_read(self, dev_handle: UsbHost, ep: int, intf: int, buff: Any, timeout: int) -> int:
        try:
            data = dev_handle.outgoing.get(timeout=timeout / 1000)
        except queue.Empty:
            _check(dev_handle)
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT) from None
        buff[: len(data)] = array("B", data)
        return len(data)


def _check(host: UsbHost) -> None:
    if host.pulled:
        raise usb.core.USBError(
            "No such device (it may have been disconnected)", None, errno.ENODEV
        )
