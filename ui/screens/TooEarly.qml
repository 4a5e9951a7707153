import QtQuick
import HallKiosk
import "../components"

Mismatch {
    icon: Icons.clock
    title: qsTr("You are early")
    text: qsTr("Check-in for your appointment opens at %1. Please come back to this machine then.").arg(kiosk.checkInOpens)
}
