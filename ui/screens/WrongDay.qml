import QtQuick
import HallKiosk
import "../components"

Mismatch {
    icon: Icons.calendar
    title: qsTr("Your appointment is on another day")
    text: qsTr("Please come on the day of your appointment, or continue today without one.")
}
