from platformio.public import PlatformBase


class QemuarmPlatform(PlatformBase):
    pass
