import QtQuick
import HallKiosk
import "../components"

Mismatch {
    icon: Icons.place
    withHall: true
    title: qsTr("Your appointment is at another hall")
    text: qsTr("Please go there, or continue here without an appointment.")
}
