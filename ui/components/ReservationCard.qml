pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk

// The reservation that a screen is about.
Card {
    id: root

    required property KioskViewModel kiosk
    property bool withHall: false

    implicitHeight: facts.implicitHeight + 2 * facts.y

    ColumnLayout {
        id: facts

        x: 44
        y: Theme.portrait ? 36 : 24
        width: root.width - 88
        spacing: Theme.portrait ? 28 : 12

        Fact {
            Layout.fillWidth: true
            dense: !Theme.portrait
            icon: Icons.clock
            caption: qsTr("Your appointment")
            value: root.kiosk.reservationTime + "  ·  " + root.kiosk.reservationDate
        }
        Fact {
            Layout.fillWidth: true
            dense: !Theme.portrait
            icon: Icons.document
            caption: qsTr("Service")
            value: root.kiosk.reservationServices
        }
        Fact {
            Layout.fillWidth: true
            dense: !Theme.portrait
            visible: root.withHall && root.kiosk.reservationHall !== ""
            icon: Icons.place
            caption: root.kiosk.reservationHall
            value: root.kiosk.reservationAddress
        }
    }
}
