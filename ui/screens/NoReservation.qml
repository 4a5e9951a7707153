import QtQuick
import HallKiosk
import "../components"

Mismatch {
    icon: Icons.calendar
    title: qsTr("No appointment was found")
    text: qsTr("That is no problem: many services need no appointment. If you made one with another document, use that one.")
}
